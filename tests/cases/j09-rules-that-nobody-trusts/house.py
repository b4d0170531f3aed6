from pathlib import Path

Path("written").write_text("written by a rule")
