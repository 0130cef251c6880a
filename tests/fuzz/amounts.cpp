// Amounts and instants as text: what is read must be written as something that reads the same, and
// the hub's readers must agree with the SDK's.
#include <optional>
#include <orderhub/money.hpp>
#include <string>

#include "hub/domain/money.hpp"
#include "hub/http/instant.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace orderhub::fuzz {
namespace {

std::optional<std::int64_t> of_sdk(std::string_view text, std::string_view currency) {
    try {
        return sdk::to_minor(text, currency);
    } catch (const std::invalid_argument&) {
        return std::nullopt;
    }
}

void check_amount(std::string_view text, std::string_view code) {
    const auto currency = domain::currency(code);
    require(currency.has_value(), "the currency is one");
    const auto amount = domain::parse_decimal(text, *currency);
    const auto other = of_sdk(text, code);
    if (!amount) {
        require(!amount.error().message.empty(), "a refused amount says why");
        return;
    }
    if (other) require(*other == amount->count(), "hub and SDK read the same amount");
    const std::string written = domain::to_decimal(*amount, *currency);
    const auto again = domain::parse_decimal(written, *currency);
    require(again && *again == *amount, "a written amount reads as what it was");
    require(written == sdk::to_decimal(amount->count(), code), "hub and SDK write the same amount");
}

void check_instants(std::string_view text) {
    if (const auto instant = servicing::from_rfc3339(text)) {
        const std::string written = servicing::to_rfc3339(*instant);
        require(servicing::from_rfc3339(written) == *instant, "an instant of a record reads back");
        const bool is_leap_second = text.substr(17, 2) == "60";
        require(is_leap_second || written.substr(0, 19) == text.substr(0, 19),
                "a record's instant is what was written");
    }
    if (const auto instant = http::parse_instant(text)) {
        const std::string written = http::rfc3339(*instant);
        require(http::parse_instant(written) == *instant, "an instant of the API reads back");
        require(written.substr(0, 10) == text.substr(0, 10), "the API's day is what was written");
    }
}

}  // namespace
}  // namespace orderhub::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = orderhub::fuzz::text_of(data, size);
    for (const auto* code : {"EUR", "JPY", "KWD", "UYW"})
        orderhub::fuzz::check_amount(text, code);
    orderhub::fuzz::check_instants(text);
    return 0;
}
