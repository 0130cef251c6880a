// The XML of B2C Commerce's order exports. It is whole or refused with words; in which pieces it
// comes makes no difference; each order that it names has a number, once, within its limit.
#include "plugins/storefront/b2c_commerce/order_export.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "tests/fuzz/fuzz.hpp"

namespace orderhub::fuzz {
namespace {

struct Reading {
    std::vector<b2c_commerce::ExportedOrder> orders;
    bool is_whole = false;
};

Reading read(std::string_view text, std::size_t piece) {
    Reading reading;
    try {
        b2c_commerce::OrderExportReader reader;
        for (std::size_t at = 0; at < text.size(); at += piece)
            reader.take(text.substr(at, piece));
        reading.orders = reader.finish();
        reading.is_whole = true;
    } catch (const b2c_commerce::BadExport& bad) {
        require(bad.what()[0] != '\0', "what is refused is told in words");
    }
    return reading;
}

}  // namespace
}  // namespace orderhub::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace orderhub::fuzz;
    const std::string_view text = text_of(data, size);
    const Reading all = read(text, std::max<std::size_t>(1, size));
    const Reading parts = read(text, 7);
    require(all.is_whole == parts.is_whole, "pieces make no difference");
    require(all.orders == parts.orders, "pieces make no difference to the orders");
    std::set<std::string> numbers;
    for (const auto& order : all.orders) {
        require(!order.number.empty() && order.number.size() <= 200, "a number has its limit");
        require(numbers.insert(order.number).second, "an order is named once");
    }
    return 0;
}
