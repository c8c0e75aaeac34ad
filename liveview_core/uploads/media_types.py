"""Media types and the extensions of their files, from a table of our own.

Law: neither what a machine has installed nor the version of its Python decides what an upload accepts.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ACCEPTED_GROUPS", "extensions", "is_media_type", "media_type_of"]

ACCEPTED_GROUPS: Final = ("audio/*", "image/*", "video/*")

# One media type a line, then its extensions; where browsers disagree about a type, the name that Phoenix's table has.
_TABLE: Final = """
application/epub+zip epub
application/gzip gz
application/java-archive jar
application/javascript js mjs
application/json json
application/ld+json jsonld
application/manifest+json webmanifest
application/msword doc dot
application/octet-stream bin
application/ogg ogx
application/pdf pdf
application/postscript ps eps ai
application/rtf rtf
application/vnd.apple.mpegurl m3u8 m3u
application/vnd.ms-excel xls
application/vnd.ms-fontobject eot
application/vnd.ms-powerpoint ppt
application/vnd.oasis.opendocument.presentation odp
application/vnd.oasis.opendocument.spreadsheet ods
application/vnd.oasis.opendocument.text odt
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
application/vnd.rar rar
application/wasm wasm
application/x-7z-compressed 7z
application/x-bzip bz
application/x-bzip2 bz2
application/x-sh sh
application/x-tar tar
application/xhtml+xml xhtml
application/xml xml xsl
application/yaml yaml yml
application/zip zip
audio/3gpp2 3g2
audio/aac aac
audio/flac flac
audio/midi mid midi
audio/mp4 m4a
audio/mpeg mp3
audio/ogg oga ogg
audio/opus opus
audio/wav wav
audio/webm weba
audio/x-aiff aif aiff
font/otf otf
font/ttf ttf
font/woff woff
font/woff2 woff2
image/avif avif
image/bmp bmp
image/gif gif
image/heic heic
image/heif heif
image/jpeg jpg jpeg
image/png png
image/svg+xml svg svgz
image/tiff tif tiff
image/vnd.adobe.photoshop psd
image/vnd.microsoft.icon ico
image/webp webp
message/rfc822 eml
text/calendar ics
text/css css
text/csv csv
text/html html htm
text/markdown md markdown
text/plain txt text log
text/tab-separated-values tsv
text/vcard vcf
text/vtt vtt
video/3gpp 3gp
video/mp4 mp4 m4v
video/mpeg mpg mpeg
video/ogg ogv
video/quicktime mov qt
video/webm webm
video/x-msvideo avi
"""

_TYPES: Final = {line.split()[0]: tuple("." + each for each in line.split()[1:]) for line in _TABLE.split("\n") if line}
_BY_EXTENSION: Final = {extension: media_type for media_type, own in _TYPES.items() for extension in own}


def media_type_of(extension: str) -> str | None:
    """The media type of an extension like ".png", in lower case; None where it is not known.

    >>> media_type_of(".png"), media_type_of(".PNG"), media_type_of(".nope")
    ('image/png', None, None)
    """  # UP-3
    return _BY_EXTENSION.get(extension)


def is_media_type(text: str) -> bool:
    """Whether the table has that media type."""  # UP-3
    return text in _TYPES


def extensions() -> tuple[str, ...]:
    """Every extension that is known, for errors that suggest one."""
    return tuple(_BY_EXTENSION)
