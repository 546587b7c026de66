"""How a notebook stores figures: charts as sharp PNG, boards of pictures as JPEG, which takes a fifth of the bytes."""

from importlib import import_module

from matplotlib.figure import Figure

PICTURES = "pictures"  # label of a figure that shows pictures
CHART_DPI, SHOWN_DPI = 144, 80  # of the stored chart, and as large as it is shown


def store_by_content() -> None:
    """Tell the notebook, if this is one, in which format to store each kind of figure."""
    from IPython import get_ipython
    from IPython.core.pylabtools import print_figure

    shell = get_ipython()
    if shell is None:
        return
    import_module("matplotlib_inline.backend_inline")  # sets its own formats when it is first imported: not after us

    def chart(figure: Figure):
        if figure.get_label() == PICTURES:
            return None
        width, height = figure.get_size_inches() * SHOWN_DPI
        data = print_figure(figure, "png", base64=True, dpi=CHART_DPI)
        return data, {"width": round(width), "height": round(height)}

    def board(figure: Figure):
        if figure.get_label() != PICTURES:
            return None
        return print_figure(figure, "jpeg", base64=True, pil_kwargs={"quality": 90})

    formatters = shell.display_formatter.formatters
    formatters["image/png"].for_type(Figure, chart)
    formatters["image/jpeg"].for_type(Figure, board)
