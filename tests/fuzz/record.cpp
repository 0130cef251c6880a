// Records as connectors emit them. Parts: "order" or "case", the JSON. What the published schema
// allows is read or refused with the field that is wrong; what was read survives being applied,
// stored and loaded.
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "hub/domain/snapshot.hpp"
#include "hub/schemas/schemas.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/records/records.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace orderhub::fuzz {
namespace {

void check_refusal(const Error& error, bool is_object) {
    require(error.kind == ErrorKind::Invalid, "a refused record is invalid");
    require(!error.message.empty(), "a refused record says why");
    require(!is_object || error.field.starts_with('/'), "a refused record names the field");
}

/// As the hub does before it stores an order.
template <class Part>
void give_ids(std::vector<Part>& parts) {
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i].id.empty()) parts[i].id = "x" + std::to_string(i);
}

void check_order(std::string_view json, bool is_object) {
    const auto snapshot = servicing::read_order_record(json);
    if (!snapshot) return check_refusal(snapshot.error(), is_object);
    domain::Order order;
    order.currency = snapshot->currency;
    try {
        domain::apply_snapshot(order, *snapshot);
    } catch (const std::overflow_error&) {
        return;  // amounts that no sum can hold; the unit of work is given up
    }
    give_ids(order.change_orders);
    give_ids(order.refunds);
    give_ids(order.fulfilments);
    give_ids(order.exceptions);
    const std::string stored = servicing::encode(order);
    require(servicing::encode(servicing::decode_order(stored)) == stored,
            "an order loads as stored");
}

void check_case(std::string_view json, bool is_object) {
    const auto read = servicing::read_case_record(json);
    if (!read) return check_refusal(read.error(), is_object);
    const std::string stored = servicing::encode(*read);
    require(servicing::encode(servicing::decode_case(stored)) == stored, "a case loads as stored");
}

void check_schema(const char* name, const boost::json::value& value) {
    const auto fits = schemas::validate(name, value);
    if (fits) return;
    require(fits.error().kind == ErrorKind::Invalid, "a refused document is invalid");
    require(fits.error().field.empty() || fits.error().field.starts_with('/'),
            "a refused document has the pointer of a field");
}

}  // namespace
}  // namespace orderhub::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace orderhub::fuzz;
    Parts parts(text_of(data, size));
    const bool is_case = parts.next() == "case";
    const auto json = parts.next();
    boost::system::error_code failed;
    const auto value = boost::json::parse(json, failed);
    const bool is_object = !failed && value.is_object();
    if (!failed)
        check_schema(is_case ? "records/case.schema.json" : "records/order.schema.json", value);
    if (is_case)
        check_case(json, is_object);
    else
        check_order(json, is_object);
    return 0;
}
