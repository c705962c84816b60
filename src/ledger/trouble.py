"""What a machine complains of, in words for an officer."""

import errno
import re
from typing import Final

__all__ = ["of_file", "of_toml"]

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


def of_toml(error: ValueError) -> str:
    """Where a TOML file stops making sense.

    >>> of_toml(ValueError("Expected '=' after a key in a key/value pair (at line 3, column 7)"))
    '第3行第7列写法有误'
    """
    if isinstance(error, UnicodeDecodeError):
        return "不是UTF-8文字"
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    return f"第{found[1]}行第{found[2]}列写法有误" if found else "末尾不完整"
