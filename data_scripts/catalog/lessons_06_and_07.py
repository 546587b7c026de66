"""The catalog's entries for lessons 06 and 07: fashion, states, composed queries."""
# ruff: noqa: E501  addresses and citations stay in one piece

from .records import DataSet, Source

_FASHION200K = "Google Drive folder linked from https://github.com/xthan/fashion-200k (open it in a browser)"

ENTRIES = (
    DataSet(
        name="fashion_products",
        title="Fashion Product Images (Small)",
        lessons=("05", "06", "07", "08"),
        terms="MIT or CC0, stated differently in different places; the photographs are a shop's: do not redistribute",
        citation="Aggarwal (2019), Fashion Product Images (Small), Kaggle",
        counts="44,072 products with a picture of 60 x 80 (44,446 rows in styles.csv)",
        sources=(
            Source(
                "two parquet files",
                "hub data set ashraq/fashion-product-images-small; or, with --from, the archive of the Kaggle data set paramaggarwal/fashion-product-images-small",
                size="271 MB",
                file="data/*.parquet",
                fills=("images/", "styles.csv"),
                hub="datasets/ashraq/fashion-product-images-small",
            ),
        ),
        layout=("images/<id>.jpg", "styles.csv"),
        place="Put the folder images/ and styles.csv here.",
        images={"images/*.jpg": (44072, 44441)},  # of the hub; of Kaggle
        files=("styles.csv",),
        traps=(
            "22 rows have unquoted commas in the product name: split at most nine times",
            "NA is a value of usage, not a missing one",
            "ids 39425, 39401, 12347, 39403, 39410 have no image",
        ),
    ),
    DataSet(
        name="fashion200k",
        title="Fashion200k",
        lessons=("07",),
        terms="research only",
        citation="Han et al. (2017), Automatic spatially-aware fashion concept discovery, ICCV",
        counts="172,049 train and 29,789 test images, 33,480 test queries",
        sources=(
            Source(
                "labels: the folder labels/, as an archive (without it the pictures are of no use)",
                _FASHION200K,
                file="labels.zip",
                fills=("labels/",),
            ),
            Source("pictures (one archive or several)", _FASHION200K, file="women.tar.gz", fills=("women/",)),
            Source(
                "test_queries.txt",
                "https://storage.googleapis.com/image_retrieval_css/test_queries.txt",
                file="test_queries.txt",
                fills=("test_queries.txt",),
            ),
        ),
        layout=(
            "women/<category>/<subcategory>/<id>/*.jpeg",
            "labels/{dress,jacket,pants,skirt,top}_{train,test}_detect_all.txt",
            "test_queries.txt",
        ),
        place="Put women/, labels/ and test_queries.txt here.",
        files=(
            "test_queries.txt",
            *(
                f"labels/{g}_{s}_detect_all.txt"
                for g in ("dress", "jacket", "pants", "skirt", "top")
                for s in ("train", "test")
            ),
        ),
        numbers={"train pictures": 172049, "test pictures": 29789, "test queries": 33480},
        traps=("match the names of the label files exactly: stray copies exist",),
    ),
    DataSet(
        name="mit_states",
        title="MIT-States",
        lessons=("07",),
        terms="research",
        citation="Isola, Lim and Adelson (2015), Discovering states and transformations in image collections, CVPR",
        counts="about 53,000 images, 115 adjectives, 245 nouns",
        sources=(
            Source(
                "release_dataset.zip",
                "http://wednesday.csail.mit.edu/joseph_result/state_and_transformation/release_dataset.zip",
                file="release_dataset.zip",
                fills=("images/", "adj_ants.csv"),
            ),
        ),
        layout=("images/<adjective noun>/*.jpg", "adj_ants.csv"),
        place="Unpack the archive and move the contents of release_dataset/ here.",
        files=("adj_ants.csv",),
        numbers={"adjectives": 115, "nouns": 245},
        traps=(
            "folders called 'adj <noun>' are unlabelled",
            "a __MACOSX folder rides along in the archive",
            "http only",
        ),
    ),
    DataSet(
        name="css",
        title="CSS: colour, shape, size",
        lessons=("07",),
        terms="none stated for the data (its code is Apache-2.0)",
        citation="Vo et al. (2019), Composing text and image for image retrieval, CVPR",
        counts="train 19,012 images and 18,012 queries, test 19,057 images and 18,057 queries",
        sources=(
            Source(
                "CSS.zip",
                "https://storage.googleapis.com/image_retrieval_css/CSS.zip",
                file="CSS.zip",
                fills=("images/", "css_toy_dataset_novel2_small.dup.npy"),
            ),
        ),
        layout=(
            "images/css_{train,test}_%06d.png",
            "css_toy_dataset_novel2_small.dup.npy",
            "css_toy_dataset_novel2_small.dup.json (made from it by download: plain data, safe to read)",
        ),
        place="Only through download: it makes the JSON.  With an archive fetched by hand: --from CSS.zip",
        images={"images/css_train_*.png": 19012, "images/css_test_*.png": 19057},
        files=("css_toy_dataset_novel2_small.dup.npy", "css_toy_dataset_novel2_small.dup.json"),
        numbers={"train pictures": 19012, "train queries": 18012, "test pictures": 19057, "test queries": 18057},
        traps=(
            "the .npy file is a Python 2 pickle, which can run code: read it only through the course's converter to JSON",
        ),
    ),
)
