"""Formgrader and the validate button, as an instructor and a student see them in JupyterLab, in a real browser."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest
from submissions import hand_in, solved

from course_utils import config
from course_utils.teaching.grading import steps

ASSIGNMENT, TOKEN = "03_metric_learning", "test"
BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
WAIT = 120  # seconds; the machine that runs the tests may be busy

pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="no chromium and chromedriver here: Formgrader is not tried"
)


@pytest.fixture(scope="module")
def shots():
    """Return the folder of the screenshots, which a person may look at after the tests."""
    folder = config.REPOSITORY / "build" / "test" / "browser"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def lab(grading_folders, shots):
    """Start JupyterLab in the repository, beside a course with one graded submission; return its address."""
    course = grading_folders("browser")
    released = nbformat.read(steps.release(course, [ASSIGNMENT])[0], as_version=4)
    hand_in(solved(released, ASSIGNMENT, "ada"), "ada", ASSIGNMENT)
    steps.grade(course, [ASSIGNMENT])
    nbformat.write(released, shots / "unsolved.ipynb")
    nbformat.write(solved(released, ASSIGNMENT), shots / "solved.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        f"--port={port}",
        f"--IdentityProvider.token={TOKEN}",
        "--no-browser",
        "--allow-root",
        "--ServerApp.root_dir=.",
        "--LabApp.news_url=None",
        "--ServerApp.ip=127.0.0.1",
    ]
    paths = [str(config.REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(paths),
        "JUPYTER_CONFIG_DIR": str(course.folder("jupyter")),
    }
    with (shots / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=config.REPOSITORY,
            env=environment,
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(lambda: urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5).status == 200)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(condition):
    end = time.monotonic() + WAIT
    while True:
        with contextlib.suppress(OSError):
            if condition():
                return
        assert time.monotonic() < end, "JupyterLab did not start; see build/test/browser/server.log"
        time.sleep(0.5)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    profile = tmp_path_factory.mktemp("profile")
    flags = "headless no-sandbox disable-gpu disable-dev-shm-usage no-first-run disable-background-networking"
    for flag in [*flags.split(), "disable-component-update", "disable-sync", "window-size=1400,1000"]:
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={profile}")
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    yield driver
    driver.quit()


def appears(browser, selector, text=""):
    """Wait for an element with this text, and return it."""
    from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    def find(driver):
        found = driver.find_elements(By.CSS_SELECTOR, selector)
        return next((e for e in found if e.is_displayed() and text in e.text), False)

    ignored = (StaleElementReferenceException, WebDriverException)
    return WebDriverWait(browser, WAIT, ignored_exceptions=ignored).until(find, f"{selector} with {text!r}")


def validate(browser, lab, shots, name):
    """Open a notebook, press Validate, return what the dialog says."""
    browser.get(f"{lab}/lab/tree/build/test/browser/{name}.ipynb?token={TOKEN}&reset")
    appears(browser, ".jp-CodeCell")
    appears(browser, ".validate-button button, button.validate-button, .validate-button").click()
    said = appears(browser, ".nbgrader-ValidateDialog, .jp-Dialog", "alidat").text
    end = time.monotonic() + WAIT
    while not ("passed" in said.lower() or "failed" in said.lower() or "success" in said.lower()):
        assert time.monotonic() < end, said
        time.sleep(1)
        said = appears(browser, ".jp-Dialog").text
    browser.save_screenshot(str(shots / f"validate_{name}.png"))
    return said


def test_the_validate_button_passes_what_is_solved(browser, lab, shots):
    assert "success" in validate(browser, lab, shots, "solved").lower()


def test_the_validate_button_says_what_is_missing(browser, lab, shots):
    said = validate(browser, lab, shots, "unsolved")
    assert "failed" in said.lower()
    assert "task 1 · by hand: not done yet" in said or "by_hand is not there" in said
    assert "Traceback" not in said, "the sentence alone helps more"


def test_formgrader_shows_the_submission_with_its_mark_scheme(browser, lab, shots):
    browser.get(f"{lab}/lab?token={TOKEN}&reset")
    appears(browser, ".lm-MenuBar-itemLabel", "Nbgrader").click()
    appears(browser, ".lm-Menu-itemLabel", "Formgrader").click()
    browser.switch_to.frame(appears(browser, "iframe"))
    appears(browser, "td a", ASSIGNMENT)
    browser.save_screenshot(str(shots / "formgrader.png"))
    browser.get(f"{lab}/formgrader/gradebook/{ASSIGNMENT}/{ASSIGNMENT}?token={TOKEN}")
    appears(browser, "td a", "Submission").click()
    browser.execute_script("arguments[0].scrollIntoView({block: 'end'})", appears(browser, "li", "alone is no point"))
    text = appears(browser, "body").text
    browser.save_screenshot(str(shots / "marking.png"))
    assert "MARK SCHEME" in text and "In your own words" in text
