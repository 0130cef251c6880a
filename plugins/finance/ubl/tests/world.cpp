#include "world.hpp"

#include <stdlib.h>

#include <fstream>
#include <iterator>

namespace orderhub::ubl::test {

namespace fs = std::filesystem;
using sdk::Json;

namespace {

Json laid_over(Json base, const char* more) {
    const Json top = Json::parse(more);
    for (const auto& [key, value] : top.members())
        base.set(key, value);
    return base;
}

}  // namespace

Directory::Directory() {
    std::string pattern = (fs::temp_directory_path() / "ubl-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
}

Directory::~Directory() {
    std::error_code ignored;
    fs::permissions(path_, fs::perms::owner_all, ignored);
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
    Json base = Json::parse(R"({
        "seller": {"name": "Example GmbH", "vat_id": "DE123456789",
                   "endpoint": {"id": "DE123456789", "scheme": "9930"},
                   "address": {"line1": "Am Markt 1", "city": "Berlin", "postcode": "10115",
                               "country": "DE"},
                   "contact": {"name": "Service", "phone": "+49 30 123456",
                               "email": "service@example.com"}}})");
    base.set("directory", directory);
    return laid_over(base, more);
}

Json memo(const char* more) {
    const Json base = Json::parse(R"({
        "number": "CM-000107", "date": "2026-11-23", "currency": "EUR", "order_number": "1001",
        "reason": "damaged", "totals": {"ex": "20.00", "tax": "3.80", "inc": "23.80"},
        "customer": {"external_id": "c1", "email": "ada@example.com", "name": "Ada Example"},
        "billing_address": {"name": "Ada Example", "line1": "Beispielweg 2", "city": "Hamburg",
                            "postcode": "20095", "country": "DE"},
        "lines": [{"kind": "product", "sku": "MUG", "name": "Mug", "quantity": 2,
                   "total": {"ex": "20.00", "tax": "3.80", "inc": "23.80"},
                   "taxes": [{"label": "VAT", "rate": "19", "amount": "3.80"}]}]})");
    return Json::object({{"memo", laid_over(base, more)}});
}

Json fee_invoice() {
    Json invoice = memo(R"({"number": "IN-000003"})").at("memo");
    Json line = invoice.at("lines").items().at(0);
    line.set("kind", "fee");
    line.set("name", "Restocking");
    line.set("quantity", 1);
    invoice.set("lines", Json::array({line}));
    return Json::object({{"invoice", invoice}});
}

}  // namespace orderhub::ubl::test
