"""The catalog's entries for published weights. In the drawn profile the course's own small weights take their place."""
# ruff: noqa: E501  addresses and citations stay in one piece

from .records import DataSet, Source

_TORCH = "https://download.pytorch.org/models/"
_IMAGENET = "BSD-3-Clause (torchvision); trained on ImageNet, whose terms are non-commercial research"
_FASTTEXT = "https://dl.fbaipublicfiles.com/fasttext/"
_BOJANOWSKI = "Bojanowski, Grave, Joulin and Mikolov (2017), Enriching word vectors with subword information, TACL 5"


def _torchvision(name, title, file, size, lessons, citation, terms=_IMAGENET):
    """The digits in the file's name are the first of its SHA256."""
    start = file.removesuffix(".pth").rpartition("-")[2]
    source = Source(file, _TORCH + file, size=size, file=file, sha256_start=start, fills=(file,))
    place = f"Put {file} there; torchvision finds it."
    return DataSet(
        name, title, lessons, terms, citation, size, (source,), (file,), place, files=(file,), place_of="torch"
    )


def _hub(name, title, repository, size, lessons, terms, citation, files):
    """Only safetensors and the tokenizer's text files are taken: no pickles."""
    sizes = {"model.safetensors": size}
    where = f"hub repository {repository}"
    sources = tuple(Source(f, where, size=sizes.get(f, ""), file=f, hub=repository, fills=(f,)) for f in files)
    place = "Put the files there; transformers loads that folder."
    about = (name, title, lessons, terms, citation, size, sources, files, place)
    return DataSet(*about, files=files, place_of="weights")


_TEXT_FILES = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "vocab.txt")
_CLIP_FILES = (*_TEXT_FILES[:2], "preprocessor_config.json", *_TEXT_FILES[2:4], "vocab.json", "merges.txt")
_VGG = "Simonyan and Zisserman (2015), Very deep convolutional networks for large-scale image recognition, ICLR"
_RESNET = "He, Zhang, Ren and Sun (2016), Deep residual learning for image recognition, CVPR"

ENTRIES = (
    _torchvision("vgg11", "VGG11 with batch norm", "vgg11_bn-6002323d.pth", "531 MB", ("02", "04", "05", "06"), _VGG),
    _torchvision(
        "vgg16", "VGG16, as in the sources; the lessons load vgg11", "vgg16-397923af.pth", "553 MB", ("04", "05"), _VGG
    ),
    _torchvision("resnet18", "ResNet18", "resnet18-f37072fd.pth", "47 MB", ("02", "05", "06", "07"), _RESNET),
    _torchvision("resnet34", "ResNet34", "resnet34-b627a593.pth", "87 MB", ("02",), _RESNET),
    _torchvision("resnet50", "ResNet50", "resnet50-0676ba61.pth", "103 MB", ("02",), _RESNET),
    _torchvision(
        "resnet101",
        "ResNet101, as in a source; the lessons load resnet18",
        "resnet101-63fe2227.pth",
        "179 MB",
        ("05",),
        _RESNET,
    ),
    _torchvision(
        "inception_v3",
        "Inception v3, 299 pixels",
        "inception_v3_google-0cc3c7bd.pth",
        "109 MB",
        ("02", "05", "06"),
        "Szegedy, Vanhoucke, Ioffe, Shlens and Wojna (2016), Rethinking the Inception architecture for computer vision, CVPR",
    ),
    _torchvision(
        "vit_b_16",
        "Vision transformer, patches of 16",
        "vit_b_16-c867db91.pth",
        "346 MB",
        ("02",),
        "Dosovitskiy et al. (2021), An image is worth 16x16 words, ICLR",
    ),
    _torchvision(
        "fasterrcnn",
        "Faster R-CNN with a ResNet50 and a feature pyramid",
        "fasterrcnn_resnet50_fpn_coco-258fb6c6.pth",
        "168 MB",
        ("04",),
        "Ren, He, Girshick and Sun (2015), Faster R-CNN, NeurIPS",
        "BSD-3-Clause (torchvision); trained on COCO (CC BY 4.0; photographs: terms of Flickr)",
    ),
    _hub(
        "distilbert",
        "DistilBERT, lower case",
        "distilbert/distilbert-base-uncased",
        "268 MB",
        ("05",),
        "Apache-2.0",
        "Sanh, Debut, Chaumond and Wolf (2019), DistilBERT, NeurIPS workshop",
        _TEXT_FILES,
    ),
    _hub(
        "bert",
        "BERT, lower case",
        "google-bert/bert-base-uncased",
        "440 MB",
        ("04",),
        "Apache-2.0",
        "Devlin, Chang, Lee and Toutanova (2019), BERT, NAACL",
        _TEXT_FILES,
    ),
    _hub(
        "clip",
        "CLIP with a ViT-B/32",
        "openai/clip-vit-base-patch32",
        "605 MB",
        ("05",),
        "MIT (OpenAI); for research",
        "Radford et al. (2021), Learning transferable visual models from natural language supervision, ICML",
        _CLIP_FILES,
    ),
    DataSet(
        name="fasttext_words",
        title="fastText, English: the vectors of the most frequent words",
        lessons=("04",),
        terms="CC BY-SA 3.0",
        citation=_BOJANOWSKI,
        counts="200,000 of a million words (other numbers: --words N), 300 dimensions; only as much as they need is fetched",
        sources=(
            Source(
                "the beginning of wiki-news-300d-1M-subword.vec.zip, which lists words by frequency",
                _FASTTEXT + "vectors-english/wiki-news-300d-1M-subword.vec.zip",
                size="120 MB",  # of 200,000 words, roughly; the whole file is five times as large
                file="wiki-news-300d-1M-subword.vec.zip",
                fills=("words.vec",),
            ),
        ),
        layout=("words.vec: a line '<words> <dimensions>', then a word and its vector a line",),
        place="Put the unpacked file there as words.vec.",
        files=("words.vec",),
        place_of="weights",
    ),
    DataSet(
        name="fasttext",
        title="fastText, English: all vectors and the pieces of words, for unknown words",
        lessons=("04",),
        terms="CC BY-SA 3.0",
        citation="Grave, Bojanowski, Gupta, Joulin and Mikolov (2018), Learning word vectors for 157 languages, LREC",
        counts="2 million words and 2 million pieces, 300 dimensions",
        sources=(
            Source(
                "cc.en.300.bin.gz",
                _FASTTEXT + "vectors-crawl/cc.en.300.bin.gz",
                size="4.5 GB",
                file="cc.en.300.bin.gz",
                fills=("cc.en.300.bin",),
            ),
        ),
        layout=("cc.en.300.bin",),
        place="Unpack it there.",
        files=("cc.en.300.bin",),
        place_of="weights",
    ),
)
