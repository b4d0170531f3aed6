"""datamodel-code-generator in process: skeleton → Python source with placeholders."""

from __future__ import annotations

from collections.abc import Mapping

from apictl.contract.schema import JsonValue
from apictl.emitters.models.skeleton import FOREIGN


def generated(document: Mapping[str, JsonValue]) -> str:
    """Return one unformatted module with a class, enum or alias for each of `$defs` in *document*."""
    from datamodel_code_generator import GenerateConfig, generate  # noqa: PLC0415  (1.3 s)
    from datamodel_code_generator.enums import DataModelType, InputFileType  # noqa: PLC0415
    from datamodel_code_generator.format import PythonVersion  # noqa: PLC0415

    config = GenerateConfig(
        input_file_type=InputFileType.JsonSchema,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        base_class=f"{FOREIGN}.Model",
        allow_remote_refs=False,
        disable_timestamp=True,
        formatters=[],
        keep_model_order=True,
        skip_root_model=True,
        strict_nullable=True,
        use_standard_collections=True,
        use_type_alias=True,
        use_union_operator=True,
    )
    text = generate(dict(document), config=config)
    if not isinstance(text, str):
        message = f"one module was asked for, {type(text).__name__} came"
        raise TypeError(message)
    return text
