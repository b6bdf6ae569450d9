"""What goes to the log: addresses without the secrets that some of them carry."""

import logging
import re

# The long part of a personal link; an identifier of a row is no secret.
SECRET = re.compile(r"(?<=/)(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![^/\s]))[^/\s]{24,}")


class WithoutSecrets(logging.Filter):
    """Leaves the secret of a personal link out of every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = SECRET.sub("…", record.getMessage()), ()
        return True
