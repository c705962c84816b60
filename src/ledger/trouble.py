"""What can go wrong and is told to an officer in a sentence, and what a machine complains of, in his words.

Every exception whose message is a Chinese sentence is one of the kinds here, wherever it is raised: a screen
shows it and goes on, the command line prints it and ends with the exit code of its kind. Any other exception
is a mistake in the program.
"""

import errno
import re
from typing import Final

__all__ = [
    "TROUBLES",
    "Busy",
    "Failure",
    "Forbidden",
    "Illegible",
    "Inadmissible",
    "Misuse",
    "Tampered",
    "Trouble",
    "of_file",
    "of_toml",
    "told",
]


class Trouble(Exception):
    """Something that stopped the work; the message is a Chinese sentence without its full stop."""


class Misuse(Trouble):
    """What was asked for does not exist, or is not asked for in this way."""


class Illegible(Trouble):
    """What was given to be read cannot be read."""


class Inadmissible(Trouble):
    """It could be done and must not; nothing was written."""


class Forbidden(Trouble):
    """This person, or this place, may not."""


class Busy(Trouble):
    """Somebody else is at it; later it will go."""


class Tampered(Trouble):
    """What is on disk is not what was written."""


class Failure(Trouble):
    """The machine did not do its part."""


TROUBLES: Final = (Trouble, OSError)
"""What is told to an officer instead of ending the program."""

_REASONS: Final = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过允许的大小",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错，可能已损坏",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EMFILE: "打开的文件过多",
}


def of_file(error: OSError) -> str:
    """Why a file could not be read or written.

    >>> of_file(OSError(errno.ENOSPC, "No space left on device"))
    '磁盘已满'
    """
    return _REASONS.get(error.errno or 0, f"系统错误{error.errno}")


def told(error: Exception) -> str:
    """What to say of one of ``TROUBLES``."""
    if isinstance(error, OSError):
        what = f"“{error.filename}”" if error.filename else "文件"
        return f"读写{what}时出错：{of_file(error)}"
    return str(error)


def of_toml(error: ValueError) -> str:
    """Where a TOML file stops making sense.

    >>> of_toml(ValueError("Expected '=' after a key in a key/value pair (at line 3, column 7)"))
    '第3行第7列写法有误'
    """
    if isinstance(error, UnicodeDecodeError):
        return "不是UTF-8文字"
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    return f"第{found[1]}行第{found[2]}列写法有误" if found else "末尾不完整"
