"""What a form may bring: fields from everyone, files from editors, and not too much of either."""

from collections.abc import Callable
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse

from exercises.counting import whole_number


class NoFiles(FileUploadHandler):
    """Ends the reading of a form at its first file."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TooManyFilesSent("Only editors may send files.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> NoReturn:
        raise NotImplementedError

    def file_complete(self, file_size: int) -> NoReturn:
        raise NotImplementedError


class UploadLimitMiddleware:
    """Refuses, before any of it is read, a form that is larger than its sender may send.

    Django counts the text of a form with files, but not the files. Stands last, so that the page
    that says so is one of the site.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.content_type == "multipart/form-data":
            is_editor = request.user.is_authenticated and request.user.is_staff
            if not is_editor:
                request.upload_handlers = [NoFiles(request)]
            most = settings.UPLOAD_MAX_SIZE if is_editor else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            if size_of(request) > most:
                raise RequestDataTooBig("The form is larger than its sender may send.")
        return self.get_response(request)


def size_of(request: HttpRequest) -> int:
    """In bytes, as its sender says; 0 where that can't be read, of which nothing is read then."""
    said: str = request.META.get("CONTENT_LENGTH") or ""
    return whole_number(said) or 0
