"""What a form may bring: fields from everyone, files where they are asked for, and not too much."""

from collections.abc import Callable
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from exercises.counting import whole_number


class NoFiles(FileUploadHandler):
    """Ends the reading of a form at its first file."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TooManyFilesSent("Files are taken where they are asked for.")

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
            may_send = _may_send_files(request)
            if not may_send:
                request.upload_handlers = [NoFiles(request)]
            most = settings.UPLOAD_MAX_SIZE if may_send else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            if size_of(request) > most:
                raise RequestDataTooBig("The form is larger than its sender may send.")
        return self.get_response(request)


def _may_send_files(request: HttpRequest) -> bool:
    """Editors send pictures, and athletes the workouts of another app."""
    if not request.user.is_authenticated:
        return False
    return request.user.is_staff or request.path == reverse("data:imports")


def size_of(request: HttpRequest) -> int:
    """In bytes, as its sender says; 0 where that can't be read, of which nothing is read then."""
    said: str = request.META.get("CONTENT_LENGTH") or ""
    return whole_number(said) or 0
