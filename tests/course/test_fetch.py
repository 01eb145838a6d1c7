"""Downloading the full data, from a server of our own that does what servers do on bad days."""

import hashlib
import io
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from course import archives, data, fetch, stock
from course.archives import Archive
from course.data import DataError
from glovebox.cli import main

REVIEWS = {
    f"aclImdb/{part}/{number}_{rating}.txt": b"A film."
    for part in data.REVIEW_FOLDERS
    for number, rating in ((0, 3), (1, 8))
}
OTHERS = {
    "aclImdb/train/unsup/0_0.txt": b"of no kind",
    "aclImdb/imdbEr.txt": b"1.0",
    "aclImdb/train/pos/../../../../escaped.txt": b"out",
    "elsewhere/train/pos/0_9.txt": b"elsewhere",
}
VECTORS = {"glove.6B.100d.txt": b"the 1 2\n" * 1_000_000, "glove.6B.50d.txt": b"the 1\n"}


def tar_of(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as packed:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def zip_of(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:  # stored: large enough to be cut in two
        for name, content in files.items():
            packed.writestr(name, content)
    return buffer.getvalue()


class Server(ThreadingHTTPServer):
    """Serves one content; what it does to each of the next requests can be said beforehand."""

    def __init__(self, content: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content = content
        self.moods: list[str] = []
        self.usual = "good"
        self.starts: list[int] = []
        """From which byte on each request has asked."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        server = self.server
        mood = server.moods.pop(0) if server.moods else server.usual
        start = int(self.headers.get("Range", "bytes=0-")[6:-1])
        server.starts.append(start)
        if mood.isdecimal():
            self.send_error(int(mood))
            return
        content, size = server.content, len(server.content)
        if mood == "page":
            content = b"<!DOCTYPE html><title>Log in</title>"
            start, size = 0, len(content)
        if mood == "whole":
            start = 0
        if start >= size:
            self.send_error(416)
            return
        if mood == "wrong":
            content = bytes(size)
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
        self.send_header("Content-Length", str(size - start))
        self.end_headers()
        if mood == "silent":
            self.server.woken.wait(30)
            return
        half = start + (size - start) // 2
        self.wfile.write(content[start : half if mood == "cut" else size])

    def log_message(self, *arguments: object) -> None:
        """Say nothing: the tests look at what the client makes of it."""

    woken: threading.Event


Serve = Callable[[bytes], Server]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    servers: list[Server] = []

    def start(content: bytes) -> Server:
        server = Server(content)
        server.woken = threading.Event()
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return server

    for proxy in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(proxy, raising=False)
    monkeypatch.setattr(fetch, "PAUSE", 0.001)
    yield start
    for server in servers:
        server.woken.set()
        server.shutdown()
        server.server_close()


def archive_at(server: Server, archive: Archive) -> Archive:
    """The archive, as if it were the one that this server has."""
    return replace(
        archive,
        url=f"http://127.0.0.1:{server.server_address[1]}/{archive.name}",
        sha256=hashlib.sha256(server.content).hexdigest(),
        size=len(server.content),
        unpacked_size=1000,
    )


def silent(what: str, done: int, total: int) -> None:
    """Shows no progress."""


def test_reviews_are_fetched_verified_and_unpacked(serve: Serve, tmp_path: Path) -> None:
    archive = archive_at(serve(tar_of(REVIEWS | OTHERS)), archives.REVIEWS)
    folder = tmp_path / "new" / "data"
    assert fetch.fetch(archive, folder, silent)
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert found == REVIEWS
    assert not list(tmp_path.rglob("escaped.txt"))


def test_vectors_are_fetched_once(serve: Serve, tmp_path: Path) -> None:
    server = serve(zip_of(VECTORS))
    archive = archive_at(server, archives.VECTORS)
    assert fetch.fetch(archive, tmp_path, silent)
    assert not fetch.fetch(archive, tmp_path, silent)
    assert [path.name for path in tmp_path.iterdir()] == ["glove.6B.100d.txt"]
    assert (tmp_path / "glove.6B.100d.txt").read_bytes() == VECTORS["glove.6B.100d.txt"]
    assert server.starts == [0]


def test_a_cut_connection_is_gone_on_with(serve: Serve, tmp_path: Path) -> None:
    server = serve(zip_of(VECTORS))
    server.moods = ["cut"] * 6  # more often than attempts in vain are made
    assert fetch.fetch(archive_at(server, archives.VECTORS), tmp_path, silent)
    assert len(set(server.starts)) == 7
    assert server.starts == sorted(server.starts)


def test_the_next_run_goes_on(serve: Serve, tmp_path: Path) -> None:
    server = serve(zip_of(VECTORS))
    server.moods, server.usual = ["cut"], "500"
    archive = archive_at(server, archives.VECTORS)
    with pytest.raises(DataError, match=r"answers 500 Internal Server Error\. Try again later"):
        fetch.fetch(archive, tmp_path, silent)
    there = (tmp_path / "glove.6B.zip.part").stat().st_size
    assert 0 < there < archive.size
    server.usual = "good"
    assert fetch.fetch(archive, tmp_path, silent)
    assert server.starts[-1] == there


@pytest.mark.parametrize("left", ["a part of another file", "all of it", "more than all of it"])
def test_whatever_an_earlier_run_left(serve: Serve, tmp_path: Path, left: str) -> None:
    server = serve(zip_of(VECTORS))
    content = {
        "a part of another file": bytes(1000),
        "all of it": server.content,
        "more than all of it": server.content + b"more",
    }[left]
    (tmp_path / "glove.6B.zip.part").write_bytes(content)
    assert fetch.fetch(archive_at(server, archives.VECTORS), tmp_path, silent)
    assert server.starts == [len(content)] if left == "all of it" else [len(content), 0]


def test_a_server_without_ranges(serve: Serve, tmp_path: Path) -> None:
    server = serve(zip_of(VECTORS))
    server.moods = ["cut", "whole"]
    assert fetch.fetch(archive_at(server, archives.VECTORS), tmp_path, silent)


def test_an_archive_that_was_downloaded_by_hand(serve: Serve, tmp_path: Path) -> None:
    server = serve(zip_of(VECTORS))
    archive = archive_at(server, archives.VECTORS)
    (tmp_path / archive.name).write_bytes(server.content[:-1])
    with pytest.raises(DataError, match=r"glove\.6B\.zip is not the archive it is named after"):
        fetch.fetch(archive, tmp_path, silent)
    (tmp_path / archive.name).write_bytes(server.content)
    assert fetch.fetch(archive, tmp_path, silent)
    assert server.starts == []


@pytest.mark.parametrize(
    ("mood", "sentence"),
    [
        ("404", r"zip is gone \(404 Not Found\): it has moved\. If you find it elsewhere, put it"),
        ("403", r"answers 403 Forbidden\. Try again later"),
        ("503", r"answers 503 Service Unavailable"),
        ("wrong", r"gave something else than glove\.6B\.zip \([\d,]+ bytes of another sha256\)"),
        ("page", r"gave a web page instead of glove\.6B\.zip: the network asks you to log in"),
        ("silent", r"127\.0\.0\.1 does not answer\. What has arrived is kept"),
    ],
)
def test_what_a_server_may_do(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mood: str, sentence: str
) -> None:
    monkeypatch.setattr(fetch, "PATIENCE", (1.0, 0.05))
    server = serve(zip_of(VECTORS))
    server.usual = mood
    with pytest.raises(DataError, match=sentence):
        fetch.fetch(archive_at(server, archives.VECTORS), tmp_path, silent)
    assert not (tmp_path / "glove.6B.zip").exists()
    assert not (tmp_path / "glove.6B.100d.txt").exists()


def test_no_network(serve: Serve, tmp_path: Path) -> None:
    server = serve(zip_of(VECTORS))
    archive = archive_at(server, archives.VECTORS)
    server.shutdown()
    server.server_close()
    with pytest.raises(DataError, match=r"the connection to 127\.0\.0\.1 fails; is this machine"):
        fetch.fetch(archive, tmp_path, silent)


def test_a_proxy_that_refuses(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_at(serve(zip_of(VECTORS)), archives.VECTORS)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("NO_PROXY", "")
    with pytest.raises(DataError, match=r"the proxy does not let us through to 127\.0\.0\.1"):
        fetch.fetch(archive, tmp_path, silent)


def test_a_certificate_that_is_none(serve: Serve, tmp_path: Path) -> None:
    archive = archive_at(serve(zip_of(VECTORS)), archives.VECTORS)
    archive = replace(archive, url=archive.url.replace("http:", "https:"))
    with pytest.raises(DataError, match=r"127\.0\.0\.1 cannot prove who it is"):
        fetch.fetch(archive, tmp_path, silent)


def test_a_disk_that_is_too_small(serve: Serve, tmp_path: Path) -> None:
    server = serve(zip_of(VECTORS))
    archive = replace(archive_at(server, archives.VECTORS), unpacked_size=10**18)
    with pytest.raises(DataError, match=r"glove\.6B\.zip needs 1000000000\.0 GB in .* are free"):
        fetch.fetch(archive, tmp_path, silent)
    assert server.starts == []


def test_a_disk_that_gets_full(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_at(serve(tar_of(REVIEWS)), archives.REVIEWS)

    def full(*arguments: object, **keywords: object) -> None:
        raise OSError(28, "No space left on device", "somewhere")

    with monkeypatch.context() as patch:
        patch.setattr(tarfile.TarFile, "extract", full)
        with pytest.raises(OSError, match="No space left"):
            fetch.fetch(archive, tmp_path, silent)
    # What was downloaded is not lost, and nothing half-unpacked is left.
    assert [path.name for path in tmp_path.iterdir()] == [archive.name]
    assert fetch.fetch(archive, tmp_path, silent)


@pytest.mark.parametrize(
    ("archive", "content"),
    [
        (archives.REVIEWS, tar_of(OTHERS)),
        (archives.REVIEWS, tar_of(REVIEWS)[:-30]),
        (archives.REVIEWS, b"no archive"),
        (archives.VECTORS, zip_of({"glove.6B.50d.txt": b""})),
        (archives.VECTORS, zip_of(VECTORS)[:-30]),
    ],
)
def test_an_archive_of_something_else(
    serve: Serve, tmp_path: Path, archive: Archive, content: bytes
) -> None:
    with pytest.raises(DataError, match=r"(does not hold what it should|cannot be unpacked)"):
        fetch.fetch(archive_at(serve(content), archive), tmp_path, silent)
    assert not (tmp_path / archive.target).exists()


# --- the commands ---------------------------------------------------------------------------------


def test_the_commands(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, content in (("REVIEWS", tar_of(REVIEWS)), ("VECTORS", zip_of(VECTORS))):
        archive = archive_at(serve(content), getattr(archives, name))
        monkeypatch.setattr(archives, name, archive)
    monkeypatch.setattr(stock, "REVIEWS_A_FOLDER", 2)
    monkeypatch.setenv("GLOVEBOX_DATA", str(tmp_path / "full"))
    run = CliRunner().invoke

    answer = run(main, ["data", "check"])
    assert answer.exit_code == 1
    assert "MISSING  reviews" in answer.output
    assert "`glovebox data fetch --vectors` gets them" in answer.output

    answer = run(main, ["data", "fetch", "--vectors"])
    assert answer.exit_code == 0, answer.output
    assert not (tmp_path / "full" / "aclImdb").exists()
    answer = run(main, ["data", "fetch"])
    assert answer.exit_code == 0, answer.output
    assert "aclImdb: there now." in answer.output
    assert "glove.6B.100d.txt: was there already." in answer.output
    assert f"export GLOVEBOX_DATA={tmp_path / 'full'}" in answer.output

    answer = run(main, ["data", "check"])
    assert answer.exit_code == 0, answer.output
    assert f"ok       reviews: 8 in {tmp_path}" in answer.output
    assert "ok       vectors: 1,000,000 of 2 numbers in" in answer.output

    (tmp_path / "full" / "aclImdb" / "test" / "neg" / "0_3.txt").unlink()
    answer = run(main, ["data", "check"])
    assert "MISSING  reviews" in answer.output
    assert "has only 1 in test/neg, where 2 should be; move it away" in answer.output


def test_a_failure_is_one_sentence(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(b"")
    server.usual = "404"
    monkeypatch.setattr(archives, "REVIEWS", archive_at(server, archives.REVIEWS))
    answer = CliRunner().invoke(main, ["data", "fetch", "--reviews", "--folder", str(tmp_path)])
    assert answer.exit_code == 2
    assert answer.output.startswith("glovebox: http://127.0.0.1")
    assert len(answer.output.strip().splitlines()) == 1
