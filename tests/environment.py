"""What the suite runs in when nobody says otherwise: evaluation mode, with its data out of the way.

Loaded with -p before the settings are read, which a conftest.py cannot do.
"""

import os
import tempfile

os.environ.setdefault("EVALUATION", "1")
if "DATA_DIR" not in os.environ:
    _folder = tempfile.TemporaryDirectory(prefix="buyin-tests-")
    os.environ["DATA_DIR"] = _folder.name
