#include "world.hpp"

#include <stdlib.h>

#include <fstream>
#include <iterator>

namespace orderhub::journal::test {

namespace fs = std::filesystem;
using sdk::Json;

Directory::Directory() {
    std::string pattern = (fs::temp_directory_path() / "journal-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
}

Directory::~Directory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::string& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

Json config(const std::string& directory, const char* more) {
    Json base = Json::parse(R"({"accounts": {
        "revenue": "Revenue:Goods", "shipping": "Revenue:Shipping", "fee": "Revenue:Fees",
        "clearing": "Assets:Refund clearing",
        "taxes": {"19": "Liabilities:VAT:19", "7.00": "Liabilities:VAT:7"}}})");
    base.set("directory", directory);
    const Json top = Json::parse(more);
    for (const auto& [key, value] : top.members())
        base.set(key, value);
    return base;
}

Json memo(const std::string& number, const std::string& ex, const std::string& tax,
          const std::string& inc, const std::string& currency, const std::string& rate) {
    const Json total = Json::object({{"ex", ex}, {"tax", tax}, {"inc", inc}});
    const Json part = Json::object({{"label", "VAT"}, {"rate", rate}, {"amount", tax}});
    const Json line = Json::object({{"kind", "product"},
                                    {"name", "Mug"},
                                    {"quantity", 1},
                                    {"total", total},
                                    {"taxes", Json::array({part})}});
    return Json::object({{"memo", Json::object({{"number", number},
                                                {"date", "2026-11-23"},
                                                {"currency", currency},
                                                {"order_number", "1001"},
                                                {"totals", total},
                                                {"lines", Json::array({line})}})}});
}

}  // namespace orderhub::journal::test
