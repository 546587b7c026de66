"""The catalog's entries, lessons 01 to 05. Addresses and counts change: they stand here and in no other place."""
# ruff: noqa: E501  addresses and citations stay in one piece

from .records import DataSet, Source

MIT_CLASSES = ("Opencountry", "coast", "forest", "highway", "inside_city", "mountain", "street", "tallbuilding")
MIT_TRAIN = (292, 244, 227, 184, 214, 260, 212, 248)
MIT_TEST = (118, 116, 101, 76, 94, 114, 80, 108)

_REED = "Reed, Akata, Lee and Schiele (2016), Learning deep representations of fine-grained visual descriptions, CVPR"
_DRIVE = "Google Drive, open in a browser: https://drive.google.com/file/d/{}/view?resourcekey={}"
_HODOSH = "Hodosh, Young and Hockenmaier (2013), Framing image description as a ranking task, JAIR 47"
_RELEASE = "https://github.com/jbrownlee/Datasets/releases/download/Flickr8k/"

ENTRIES = (
    DataSet(
        name="mit_split",
        title="MIT 8 outdoor scenes, in the split of the source systems",
        lessons=("00", "01", "02", "03", "08"),
        terms="none stated by the authors",
        citation="Oliva and Torralba (2001), Modeling the shape of the scene, International Journal of Computer Vision 42(3)",
        counts="2,688 colour images 256 x 256 in 8 classes; split 1,881 train / 807 test",
        sources=(
            Source(
                "all images in one flat folder, the class is the prefix of the file name (tallbuilding_urban989.jpg)",
                "http://people.csail.mit.edu/torralba/code/spatialenvelope/spatial_envelope_256x256_static_8outdoorcategories.zip",
                size="129 MB",
                file="spatial_envelope_256x256_static_8outdoorcategories.zip",
                fills=("train/", "test/", "unsorted/"),
            ),
        ),
        layout=("train/<class>/*.jpg", "test/<class>/*.jpg", f"classes: {', '.join(MIT_CLASSES)}"),
        place="Sort the images into train/<class> and test/<class> with the class counts "
        f"train {'/'.join(map(str, MIT_TRAIN))}, test {'/'.join(map(str, MIT_TEST))} (order of the classes above).",
        images={f"train/{c}/*.jpg": n for c, n in zip(MIT_CLASSES, MIT_TRAIN, strict=True)}
        | {f"test/{c}/*.jpg": n for c, n in zip(MIT_CLASSES, MIT_TEST, strict=True)},
        traps=(
            "the official archive writes insidecity and opencountry; the split writes inside_city and Opencountry",
            "which picture is in which part is not published: download draws the parts, always the same, in the published sizes",
        ),
    ),
    DataSet(
        name="flickr30k",
        title="Flickr30k with the Karpathy split",
        lessons=("04",),
        terms="non-commercial research; the photographs stay under the terms of Flickr",
        citation="Young, Lai, Hodosh and Hockenmaier (2014), From image descriptions to visual denotations, TACL 2; "
        "split: Karpathy and Fei-Fei (2015), Deep visual-semantic alignments, CVPR",
        counts="31,783 images; the split uses 31,014: 29,000 train / 1,014 validation / 1,000 test, five captions each",
        sources=(
            Source(
                "flickr30k-images.zip",
                "hub data set nlphuji/flickr30k (file download)",
                size="4.39 GB",
                file="flickr30k-images.zip",
                fills=("flickr30k-images/",),
                hub="datasets/nlphuji/flickr30k",
            ),
            Source(
                "dataset_flickr30k.json",
                "https://cs.stanford.edu/people/karpathy/deepimagesent/caption_datasets.zip",
                size="137 MB",
                file="caption_datasets.zip",
                fills=("dataset_flickr30k.json",),
            ),
        ),
        layout=("flickr30k-images/*.jpg", "dataset_flickr30k.json"),
        place="Unpack the images into flickr30k-images/ and put dataset_flickr30k.json beside that folder.",
        images={"flickr30k-images/*.jpg": 31783},
        files=("dataset_flickr30k.json",),
        numbers={"train pictures": 29000, "validation pictures": 1014, "test pictures": 1000},
        traps=(
            "results.csv is separated by |, its header has leading spaces, and the row of 2199200615.jpg lacks a separator",
            "take the files, not a loading script",
        ),
    ),
    DataSet(
        name="flickr8k",
        title="Flickr8k, the smaller sister of Flickr30k",
        lessons=("04",),
        terms="non-commercial research",
        citation=_HODOSH,
        counts="6,000 train / 1,000 validation / 1,000 test images, five captions each",
        sources=(
            Source(
                "images", _RELEASE + "Flickr8k_Dataset.zip", file="Flickr8k_Dataset.zip", fills=("Flicker8k_Dataset/",)
            ),
            Source(
                "captions and lists",
                _RELEASE + "Flickr8k_text.zip",
                file="Flickr8k_text.zip",
                fills=("Flickr8k.token.txt", "Flickr_8k."),
            ),
        ),
        layout=("Flicker8k_Dataset/*.jpg", "Flickr8k.token.txt", "Flickr_8k.{trainImages,devImages,testImages}.txt"),
        place="Unpack both archives here.",
        files=(
            "Flickr8k.token.txt",
            "Flickr_8k.trainImages.txt",
            "Flickr_8k.devImages.txt",
            "Flickr_8k.testImages.txt",
        ),
        numbers={"train pictures": 6000, "validation pictures": 1000, "test pictures": 1000},
        traps=("one caption entry (2258277193_586949ec62.jpg.1) has no image",),
    ),
    DataSet(
        name="birds",
        title="Caltech-UCSD Birds-200-2011 with ten captions an image",
        lessons=("03", "05"),
        terms="non-commercial research and education",
        citation="Wah, Branson, Welinder, Perona and Belongie (2011), The Caltech-UCSD Birds-200-2011 dataset, "
        f"CNS-TR-2011-001; captions: {_REED}",
        counts="11,788 images of 200 species, ten captions each",
        sources=(
            Source(
                "CUB_200_2011.tgz",
                "https://data.caltech.edu/records/65de6-vp158/files/CUB_200_2011.tgz?download=1",
                sha256="0c685df5597a8b24909f6a7c9db6d11e008733779a671760afef78feb49bf081",
                md5="97eceeb196236b17998738112f37df78",
                size="1,150,585,339 bytes",
                file="CUB_200_2011.tgz",
                fills=("images/", "images.txt", "classes.txt"),
                mirrors=("https://s3.amazonaws.com/fast-ai-imageclas/CUB_200_2011.tgz",),
            ),
            Source(
                "cvpr2016_cub.tar.gz (captions)",
                _DRIVE.format("0B0ywwgffWnLLZW9uVHNjb2JmNlE", "0-8y2UVmBHAlG26HafWYNoFQ"),
                file="cvpr2016_cub.tar.gz",
                fills=("text_c10/",),
            ),
        ),
        layout=(
            "images/001.Black_footed_Albatross/*.jpg",
            "images.txt, image_class_labels.txt, classes.txt, train_test_split.txt, bounding_boxes.txt (x y w h)",
            "text_c10/<class folder>/<image name>.txt",
        ),
        place="Unpack the archive and move the contents of CUB_200_2011/ here; put text_c10/ of the captions beside images/.",
        images={"images/*/*.jpg": 11788},
        files=("images.txt", "image_class_labels.txt", "classes.txt", "train_test_split.txt", "bounding_boxes.txt"),
        numbers={"listed pictures": 11788, "species": 200, "caption files": 11788},
        traps=(
            "some images are grey",
            "attributes.txt lies outside CUB_200_2011/",
            "captions hold broken characters: read UTF-8 with replacement, drop those characters, skip blank lines",
        ),
    ),
    DataSet(
        name="flowers",
        title="Oxford 102 Flowers with ten captions an image",
        lessons=("03", "05"),
        terms="none stated by the authors",
        citation=f"Nilsback and Zisserman (2008), Automated flower classification over a large number of classes, ICVGIP; captions: {_REED}",
        counts="8,189 images of 102 species; official split 1,020 / 1,020 / 6,149; ten captions each",
        sources=(
            Source(
                "102flowers.tgz",
                "https://www.robots.ox.ac.uk/~vgg/data/flowers/102/102flowers.tgz",
                md5="52808999861908f626f3c1f4e79d11fa",
                file="102flowers.tgz",
                fills=("jpg/",),
            ),
            Source(
                "imagelabels.mat",
                "https://www.robots.ox.ac.uk/~vgg/data/flowers/102/imagelabels.mat",
                md5="e0620be6f572b9609742df49c70aed4d",
                file="imagelabels.mat",
                fills=("imagelabels.mat",),
            ),
            Source(
                "setid.mat",
                "https://www.robots.ox.ac.uk/~vgg/data/flowers/102/setid.mat",
                md5="a5357ecc9cb78c4bef273ce3793fc85c",
                file="setid.mat",
                fills=("setid.mat",),
            ),
            Source(
                "cvpr2016_flowers.tar.gz (captions)",
                _DRIVE.format("0B0ywwgffWnLLcms2WWJQRFNSWXM", "0-Av8zFbeDDvNcF1sSjDR32w"),
                file="cvpr2016_flowers.tar.gz",
                fills=("text_c10/",),
            ),
        ),
        layout=(
            "jpg/image_00001.jpg",
            "imagelabels.mat (key labels, from 1)",
            "setid.mat (trnid, valid, tstid)",
            "text_c10/class_00001/image_06734.txt",
        ),
        place="Unpack 102flowers.tgz and put the two .mat files and text_c10/ beside jpg/.",
        images={"jpg/*.jpg": 8189},
        files=("imagelabels.mat", "setid.mat"),
        numbers={
            "labels": 8189,
            "species": 102,
            "train pictures": 1020,
            "validation pictures": 1020,
            "test pictures": 6149,
            "caption files": 8189,
        },
        traps=("captions hold broken characters, as those of the birds do",),
    ),
)
