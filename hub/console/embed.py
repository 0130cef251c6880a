"""Makes the C++ source that holds the built web application, compressed: embed.py OUT [DIST]; without DIST: no application."""
import gzip
import hashlib
import pathlib
import sys

TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
         ".woff2": "font/woff2"}


def rows(folder, beside):
    """Each file as a row of the table; the digest in it makes a compiler's cache see what changed."""
    for number, path in enumerate(sorted((folder / "assets").iterdir())):
        packed = beside / f"{number}.gz"
        packed.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
        digest = hashlib.sha256(packed.read_bytes()).hexdigest()
        yield number, path, packed, digest


def main():
    out, dist = pathlib.Path(sys.argv[1]), "".join(sys.argv[2:])
    parts = ['#include "hub/console/files.hpp"\n\nnamespace orderhub::console {\n\nnamespace {\n\n']
    table, page, panel = [], "", ""
    if dist:
        beside = out.parent / "packed"
        beside.mkdir(exist_ok=True)
        for number, path, packed, digest in rows(pathlib.Path(dist), beside):
            parts.append(f'// sha256 {digest}\nconstexpr unsigned char kFile{number}[] = {{\n#embed "{packed}"\n}};\n')
            table.append(f'    {{"assets/{path.name}", "{TYPES[path.suffix]}", kFile{number}}},\n')
        page = (pathlib.Path(dist) / "index.html").read_text()
        panel = (pathlib.Path(dist) / "panel.html").read_text()
    parts.append(f"constexpr std::array<File, {len(table)}> kFiles{{{{\n{''.join(table)}}}}};\n\n" if table
                 else "constexpr std::array<File, 0> kFiles{};\n\n")
    parts.append(f'constexpr std::string_view kPage = R"page({page})page";\nconstexpr std::string_view kPanel = R"page({panel})page";\n\n}}  // namespace\n\n')
    parts.append("std::span<const File> files() { return kFiles; }\nstd::string_view page() { return kPage; }\n"
                 "std::string_view panel() { return kPanel; }\n\n"
                 "}  // namespace orderhub::console\n")
    out.write_text("".join(parts))


main()
