"""Find a Chromium for the browser tests; `python -m tests.browser.chromium` gets one where there is none."""

import os
import shutil
import subprocess
import sys

# The shell of Chromium is the same browser without its window: a fifth less work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = "No Chromium found. Install it (Debian: apt-get install chromium), or set CHROMIUM to its path."


def find() -> str | None:
    """Path of the browser, or None. CHROMIUM wins, then the system's, then Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def _install() -> None:
    """The system's package as root, else Playwright's own download."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, env=environment)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if not find():
        print("No Chromium yet; trying to install one.", flush=True)
        _install()
    found = find()
    print(f"Chromium: {found}" if found else HOW)
