"""Turns openapi.yaml into a C++ source that holds it as JSON text: embed_openapi.py IN OUT."""
import json
import sys

import yaml

CHUNK = 12000  # string literals beyond 64 KiB are not portable

document = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
text = json.dumps(document, ensure_ascii=True, separators=(",", ":"))
chunks = [text[i : i + CHUNK] for i in range(0, len(text), CHUNK)]
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write('#include "hub/http/openapi.hpp"\n\n#include <string>\n\n')
    out.write("namespace orderhub::http {\n\nstd::string_view openapi_text() {\n")
    out.write("    static const std::string text = [] {\n        std::string all;\n")
    for chunk in chunks:
        out.write(f'        all += R"json({chunk})json";\n')
    out.write("        return all;\n    }();\n    return text;\n}\n\n}  // namespace orderhub::http\n")
