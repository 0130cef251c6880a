#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

class Inputs : public Servicing {
protected:
    Error refused(Kind action, const json::object& input) {
        const auto shown = preview(action, id_, input);
        EXPECT_FALSE(shown) << json::serialize(input);
        return shown ? Error{} : shown.error();
    }
    std::string field(Kind action, const json::object& input) {
        const Error error = refused(action, input);
        EXPECT_EQ(error.kind, ErrorKind::Invalid) << error.message;
        return error.field;
    }
    static json::object with(json::object input, const char* name, json::value value) {
        input[name] = std::move(value);
        return input;
    }
};

TEST_F(Inputs, UnitsNameTheirField) {
    const json::array lines = units(1)["lines"].as_array();
    EXPECT_EQ(field(Kind::return_, {{"reason", "r"}}), "/lines");
    EXPECT_EQ(field(Kind::return_, {{"lines", json::array{}}, {"reason", "r"}}), "/lines");
    EXPECT_EQ(field(Kind::return_, {{"lines", json::object{}}, {"reason", "r"}}), "/lines");
    EXPECT_EQ(field(Kind::return_, {{"lines", json::array{1}}, {"reason", "r"}}), "/lines/0");
    EXPECT_EQ(field(Kind::return_, {{"lines", lines}}), "/reason");
    EXPECT_EQ(field(Kind::return_, {{"lines", lines}, {"reason", std::string(201, 'x')}}),
              "/reason");
    json::object fraction = units(1);
    fraction["lines"].as_array()[0].as_object()["quantity"] = 1.5;
    EXPECT_EQ(field(Kind::return_, fraction), "/lines/0/quantity");
    json::object missing = units(1);
    missing["lines"].as_array()[0].as_object().erase("quantity");
    EXPECT_EQ(field(Kind::return_, missing), "/lines/0/quantity");
}

TEST_F(Inputs, UnknownMembersAreRefusedAtAnyDepth) {
    const Error error = refused(Kind::cancel, with(units(1), "amount", 3));
    EXPECT_EQ(error.code, "unknown_field");
    EXPECT_EQ(error.field, "/amount");
    json::object deep = units(1);
    deep["lines"].as_array()[0].as_object()["colour"] = "red";
    EXPECT_EQ(refused(Kind::reship, deep).field, "/lines/0/colour");
    EXPECT_EQ(refused(Kind::reship, with(units(1), "a/b~c", 1)).field, "/a~1b~0c");
    EXPECT_EQ(refused(Kind::appease, {{"basis", "percentage"},
                                      {"value", "5"},
                                      {"reason", "r"},
                                      {"in_fulfilment", "disallowed"}})
                  .field,
              "/in_fulfilment");
}

TEST_F(Inputs, AmountsAndPercentagesAreDecimalText) {
    const auto discount = [](const char* basis, json::value value) {
        return json::object{{"basis", basis}, {"value", std::move(value)}, {"reason", "r"}};
    };
    EXPECT_EQ(field(Kind::discount, discount("percentage", 5)), "/value");
    for (const char* wrong : {"0", "-5", "100.01", "12.345", "ten", ""})
        EXPECT_EQ(field(Kind::discount, discount("percentage", wrong)), "/value") << wrong;
    for (const char* wrong : {"0.00", "-1", "1.005", "1e3"})
        EXPECT_EQ(field(Kind::discount, discount("amount_with_tax", wrong)), "/value") << wrong;
    EXPECT_EQ(field(Kind::discount, discount("gross", "5")), "/basis");
    EXPECT_TRUE(preview(Kind::discount, id_, discount("percentage", "12.5")));
    EXPECT_TRUE(preview(Kind::discount, id_, discount("amount_with_tax", "1.20")));
}

TEST_F(Inputs, FeesTendersAndItemsAreReadWhole) {
    const auto fee = [](json::object each) { return with(units(1), "fees", list(each)); };
    EXPECT_EQ(field(Kind::cancel, fee({{"basis", "percentage"}, {"value", "5"}})), "/fees/0/label");
    EXPECT_EQ(field(Kind::cancel, fee({{"label", "F"}, {"value", "5"}})), "/fees/0/basis");
    EXPECT_EQ(field(Kind::cancel, fee({{"label", "F"}, {"basis", "amount_with_tax"}})),
              "/fees/0/value");
    EXPECT_EQ(field(Kind::cancel, with(units(1), "tenders", list(json::object{{"payment", "p1"}}))),
              "/tenders/0/amount");
    EXPECT_EQ(field(Kind::cancel, with(units(1), "partial", "yes")), "/partial");
    EXPECT_EQ(field(Kind::cancel, with(units(1), "delivery", "none")), "/delivery");
    EXPECT_EQ(field(Kind::exchange, units(1)), "/items");
    const json::object cap{{"sku", "C"}, {"name", "Cap"}, {"quantity", 1}};
    EXPECT_EQ(field(Kind::exchange,
                    with(units(1), "items",
                         list(with(cap, "unit_price",
                                   json::object{{"ex", "1"}, {"tax", "1"}, {"inc", "1"}})))),
              "/items/0/unit_price");
}

TEST_F(Inputs, EveryOtherActionNamesWhatIsMissing) {
    EXPECT_EQ(field(Kind::refund, {{"reason", "r"}}), "/kind");
    EXPECT_EQ(field(Kind::refund, {{"reason", "r"}, {"kind", "transfer"}}), "/kind");
    EXPECT_EQ(field(Kind::refund, {{"reason", "r"}, {"kind", "goodwill"}}), "/amount");
    EXPECT_EQ(field(Kind::retry_refund, {{"reason", "r"}}), "/refund");
    EXPECT_EQ(field(Kind::open_return, with(units(1), "state", "closed")), "/state");
    EXPECT_EQ(field(Kind::submit_return, json::object{}), "/return_order");
    EXPECT_EQ(field(Kind::approve_return, json::object{}), "/return_order");
    EXPECT_EQ(field(Kind::receive_return, {{"return_order", "x"}}), "/lines");
    EXPECT_EQ(field(Kind::close_return, {{"fees", json::array{}}}), "/return_order");
    EXPECT_EQ(field(Kind::cancel_return, {{"return_order", "x"}}), "/reason");
    EXPECT_EQ(field(Kind::fulfil, {{"reason", "r"}}), "/lines");
    EXPECT_EQ(field(Kind::update_fulfilment, {{"fulfilment", "x"}}), "/state");
    EXPECT_EQ(field(Kind::capture, {{"amount", 3}}), "/amount");
    EXPECT_EQ(field(Kind::reverse_authorization, json::object{}), "/reason");
    EXPECT_EQ(field(Kind::record_payment, {{"method", "cash"}, {"reason", "r"}}), "/amount");
    EXPECT_EQ(field(Kind::suspend, json::object{}), "/reason");
    EXPECT_EQ(field(Kind::resolve_exception, {{"exception", "x"}, {"ignore", 1}, {"reason", "r"}}),
              "/ignore");
}

TEST_F(Inputs, AWrongTypeSaysWhatWasExpected) {
    const Error error = refused(Kind::cancel, with(units(1), "reason", 3));
    EXPECT_EQ(error.code, "invalid_input");
    EXPECT_EQ(error.message, "/reason must be text");
}

}  // namespace
}  // namespace orderhub::servicing
