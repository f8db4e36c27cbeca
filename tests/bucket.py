"""A bucket on this machine: rclone serves a folder as S3-compatible storage, to who has the keys.

What is in the bucket can be read by anyone at another address, as docs/scaling.md asks for.
"""

import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.production import free_port, wait_for

KEY, SECRET = "a-key", "a-secret"
RCLONE = Path(sys.executable).parent / "rclone"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Bucket:
    """``folder`` has its files; ``variables`` lead to it."""

    def __init__(self, folder: Path, endpoint: str, public: str) -> None:
        self.name = f"pictures-{uuid.uuid4()}"
        self.folder = folder / self.name
        self.folder.mkdir()
        self.public_url = f"{public}/{self.name}"
        self.variables = {
            "MEDIA_S3_BUCKET": self.name,
            "MEDIA_S3_PUBLIC_URL": self.public_url,
            "MEDIA_S3_ENDPOINT": endpoint,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
        }

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }


@contextmanager
def bucket_server(folder: Path) -> Iterator[Callable[[], Bucket]]:
    """What makes a new bucket in the folder."""
    port, log = free_port(), folder / "rclone.log"
    command = [RCLONE, "serve", "s3", folder, "--auth-key", f"{KEY},{SECRET}"]
    command += ["--addr", f"127.0.0.1:{port}", "--config", os.devnull, "--log-file", log]
    # New buckets are folders that a test makes. With no time at all it keeps a processor busy.
    command += ["--dir-cache-time", "1ms"]
    public = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=public.serve_forever, args=[0.01])
    with subprocess.Popen(command) as server, public:
        thread.start()
        try:
            wait_for(port, server, log)
            addresses = (f"http://127.0.0.1:{each}" for each in (port, public.server_port))
            yield partial(Bucket, folder, *addresses)
        finally:
            server.terminate()
            public.shutdown()
            thread.join()
