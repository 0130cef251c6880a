#include "digest.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace orderhub::vendure {
namespace {

/// FNV-1a: stable over processes and machines, which std::hash is not.
class Fingerprint {
public:
    void add(std::string_view text) {
        for (const char c : text)
            mix(static_cast<unsigned char>(c));
        mix(0);  // so that "ab","c" differs from "a","bc"
    }
    /// A member as it stands, whatever it is: an order that makes no record has a digest all the
    /// same.
    void add(const json::object& object, std::string_view key) {
        const auto found = object.find(key);
        add(found == object.end() ? std::string("null") : json::serialize(found->value()));
    }

    std::string hex() const {
        std::array<char, 16> digits{};
        const auto [end, error] =
            std::to_chars(digits.data(), digits.data() + digits.size(), hash_, 16);
        const std::string text(digits.data(), error == std::errc{} ? end : digits.data());
        return std::string(digits.size() - text.size(), '0') + text;
    }

private:
    void mix(unsigned char byte) {
        hash_ ^= byte;
        hash_ *= 0x100000001b3U;
    }

    std::uint64_t hash_ = 0xcbf29ce484222325U;
};

void add_refunds(Fingerprint& print, const json::object& payment) {
    for (const json::value& each : list_of(payment, "refunds")) {
        const json::object& refund = as_object(each, "refunds");
        print.add(refund, "id");
        print.add(refund, "state");
        print.add(refund, "total");
        print.add(refund, "transactionId");
    }
}

}  // namespace

std::string digest_of(const json::object& order) {
    Fingerprint print;
    print.add(order, "state");
    print.add(order, "updatedAt");
    print.add(order, "totalWithTax");
    for (const json::value& each : list_of(order, "payments")) {
        const json::object& payment = as_object(each, "payments");
        print.add(payment, "id");
        print.add(payment, "state");
        print.add(payment, "amount");
        add_refunds(print, payment);
    }
    for (const json::value& each : list_of(order, "fulfillments")) {
        const json::object& fulfilment = as_object(each, "fulfillments");
        print.add(fulfilment, "id");
        print.add(fulfilment, "state");
        print.add(fulfilment, "trackingCode");
    }
    if (const json::object* history = object_of(order, "history"))
        print.add(*history, "totalItems");
    return print.hex();
}

}  // namespace orderhub::vendure
