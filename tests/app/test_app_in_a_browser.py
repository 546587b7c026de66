"""The command itself, with its real encoders, in a real browser; and nothing of it leaves this machine."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from PIL import Image

from course_utils.app.__main__ import main
from course_utils.config import REPOSITORY

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
WATCHED = """
import runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
def watch(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        if not (isinstance(address, (str, bytes)) or address[0] in ("127.0.0.1", "::1")):
            print("CONNECTS TO", address, flush=True)
    elif event == "socket.getaddrinfo" and arguments[0] not in ("127.0.0.1", "localhost", None, ""):
        print("ASKS FOR", arguments[0], flush=True)
sys.addaudithook(watch)
sys.argv = ["course_utils.app", *sys.argv[1:]]
runpy.run_module("course_utils.app", run_name="__main__")
"""


@pytest.fixture
def photographs(tmp_path):
    """Free photographs that come with scikit-image and scikit-learn, and a file that is none."""
    from skimage import data
    from sklearn.datasets import load_sample_image

    root = tmp_path / "photo's & more"
    (root / "animals").mkdir(parents=True)
    for name in ("coffee", "astronaut", "rocket"):
        Image.fromarray(getattr(data, name)()).save(root / f"{name}.jpg")
    for name in ("china.jpg", "flower.jpg"):
        Image.fromarray(load_sample_image(name)).save(root / name)
    Image.fromarray(data.chelsea()).save(root / "animals" / "a cat.png")
    (root / "broken.jpg").write_bytes(b"no picture")
    return root


def start(folder, *options):
    command = [sys.executable, "-c", WATCHED, str(folder), "--no-browser", *options]
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, cwd=REPOSITORY, env=os.environ | {"PYTHONUNBUFFERED": "1"}, **output)


@pytest.fixture
def page(photographs, tmp_path):
    """The command running on the photographs: (address, what it has printed so far)."""
    process, said = start(photographs, "--index", str(tmp_path / "index")), []
    patience = threading.Timer(400, process.kill)
    patience.start()
    try:
        for line in process.stdout:
            said.append(line)
            if "search your pictures at" in line:
                break
        assert process.poll() is None and said[-1].startswith("search your pictures at"), "".join(said)
        yield said[-1].split()[4], said
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=60)[0]
        assert process.returncode == 0, rest
        assert not [line for line in [*said, *rest.splitlines()] if line.startswith(("CONNECTS TO", "ASKS FOR"))]
    finally:
        patience.cancel()
        process.kill()
        process.wait()


@pytest.fixture
def browser():
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in ("headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "window-size=1280,900"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    # a short path: Chrome keeps a socket there
    with tempfile.TemporaryDirectory(prefix="course-chrome-", ignore_cleanup_errors=True) as folder:
        service = webdriver.ChromeService(DRIVER, env=os.environ | {"TMPDIR": folder})
        driver = webdriver.Chrome(options=options, service=service)
        yield driver
        driver.quit()


DROP = """
const [address, name, done] = arguments;
fetch(address).then((reply) => reply.blob()).then((content) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([content], name, { type: content.type }));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  done();
});
"""


@pytest.mark.skipif(not (BROWSER and DRIVER), reason="no chromium and chromedriver here: the page is not opened")
def test_drop_say_combine_and_click_through(page, browser, photographs):
    from selenium.common import exceptions
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    address, said = page
    assert any("broken.jpg: it is no picture" in line for line in said)

    def one(selector):
        return browser.find_element(By.CSS_SELECTOR, selector)

    def names():
        return browser.execute_script(
            "return [...document.querySelectorAll('#answers .name')].map((name) => name.textContent.split(' · ')[0])"
        )

    def wait(condition):  # an element may be replaced by the page while it is looked at
        stale = [exceptions.StaleElementReferenceException]
        WebDriverWait(browser, 60, ignored_exceptions=stale).until(lambda _: condition())

    def click(selector):
        wait(lambda: one(selector).click() is None)

    browser.get(address)
    wait(lambda: "6 pictures in" in one("#about").text and len(names()) == 6)
    one("#text").send_keys("a building with a roof", Keys.ENTER)  # a sentence
    wait(lambda: names()[:1] == ["china.jpg"] and one(".answer .why").text.count(",") == 2)

    one("#text").clear()
    thumbnail = one("img[alt='animals/a cat.png']").get_attribute("src")
    browser.execute_async_script(DROP, thumbnail, "dropped.jpg")  # a picture: the cat, as a smaller copy
    wait(lambda: one("#name").text == "dropped.jpg" and "efficientnet_lite0 finds as well" in one("#note").text)
    wait(lambda: names()[:2] == ["animals/a cat.png", "flower.jpg"] and float(one(".answer .score").text) > 0.9)

    one("#text").send_keys("a building with a roof")  # both
    wait(lambda: one("#wish").is_displayed() and one("#encoder").get_property("disabled"))
    browser.execute_script("arguments[0].value = 3", one("#wish"))
    one("#query button.main").click()
    wait(lambda: set(names()[:2]) == {"animals/a cat.png", "china.jpg"})

    click("#answers [title='search on from china.jpg']")  # an answer
    wait(lambda: one("#name").text == "china.jpg" and "china.jpg" not in names() and len(names()) == 5)
    wait(lambda: browser.execute_script("return arguments[0].naturalWidth", one("#picture")) > 320)
    browser.find_elements(By.CSS_SELECTOR, "input[name=encoder]")[1].click()
    wait(lambda: "with efficientnet_lite0" in one("#note").text)
    one("details summary").click()
    browser.execute_script(
        "arguments[0].value = 'animals'; arguments[0].dispatchEvent(new Event('change'))", one("#folder")
    )
    wait(lambda: names() == ["animals/a cat.png"])

    one("#file").send_keys(str(photographs / "broken.jpg"))  # what is no picture
    wait(lambda: "no picture of a format" in one("#note").text and "another file" in one("#note").text)
    wait(lambda: not one("#picture").is_displayed() and one("#hint").is_displayed())
    one("#file").send_keys(str(photographs / "rocket.jpg"))
    wait(lambda: one("#name").text == "rocket.jpg" and names() == ["animals/a cat.png"])
    assert browser.execute_script("return arguments[0].naturalWidth", one("#picture")) > 0

    one("#clear").click()  # nothing to search with: what the page began with
    wait(lambda: len(names()) == 6 and "Drop a picture" in one("#note").text)
    click("#answers [title='search on from china.jpg']")
    browser.execute_script(
        "document.querySelector('#answers .answer').click(); document.querySelector('#clear').click()"
    )
    wait(lambda: len(names()) == 6 and "busy" not in one("#answers").get_attribute("class"))
    assert browser.execute_script(
        "const [inner, outer] = ['#until', '#query'].map((s) => document.querySelector(s).getBoundingClientRect());"
        "return inner.right <= outer.right && outer.height <= innerHeight"
    )
    for name, text in (("duplicates", "No two pictures"), ("report", "broken.jpg")):
        one(f"#tab-{name}").click()
        wait(lambda name=name, text=text: text in one(f"#{name}").text)

    asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [entry["params"]["request"]["url"] for entry in asked if entry["method"] == "Network.requestWillBeSent"]
    assert len(urls) > 10 and [url for url in urls if not url.startswith((address, "data:", "blob:"))] == []
    wrong = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert [message for message in wrong if "/search" not in message] == [], "the refused picture is no surprise"


def test_a_wrong_option_is_told_before_anything_is_loaded(tmp_path, capsys):
    for option, value in (("--workers", "0"), ("--workers", "-1"), ("--workers", "many"), ("--port", "70000")):
        with pytest.raises(SystemExit):
            main([str(tmp_path), option, value])
        assert f"{value} is no" in capsys.readouterr().err


def test_the_command_names_what_is_wrong_and_writes_nothing(tmp_path):
    (tmp_path / "pictures").mkdir()
    inside = tmp_path / "pictures" / "index"
    wrong = {
        "there is no folder": [tmp_path / "nowhere"],
        "nothing is written": [inside.parent, "--index", str(inside)],
    }
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        wrong[f"port {port} is taken; name another with --port"] = [inside.parent, "--port", str(port)]
        for why, options in wrong.items():
            process = start(*options)
            said = process.communicate(timeout=120)[0]
            assert process.returncode == 1 and why in said and "Traceback" not in said
    assert list(Path(tmp_path / "pictures").iterdir()) == []


def test_ctrl_c_while_it_loads_ends_it_with_a_sentence(tmp_path):
    process = start(tmp_path)
    try:
        assert process.stdout.readline() == "loading ...\n"
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=120)[0]
    finally:
        process.kill()
    assert process.returncode == 130 and "interrupted" in said and "Traceback" not in said
