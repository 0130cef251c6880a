// Stored documents: everything comes back, and what an older release wrote can still be read.
#include "hub/servicing/codec/codec.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "hub/servicing/codec/described.hpp"

namespace orderhub::servicing {
namespace {

template <class T>
concept Described = boost::describe::has_describe_members<T>::value;

template <class T, class Use>
void each_member(Use use) {
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        use);
}

/// Gives every member a value that is not its default, each another one.
class Filler {
public:
    void fill(std::string& to) { to = "text \"" + std::to_string(++count_) + "\"\n\\ \xc3\xa9"; }
    void fill(std::int64_t& to) { to = ++count_; }
    void fill(int& to) { to = ++count_; }
    void fill(bool& to) { to = !to; }
    void fill(domain::Minor& to) { to = domain::Minor{-++count_}; }
    void fill(domain::Amount& to) { fill(to.ex), fill(to.tax), fill(to.inc); }
    template <class T>
        requires std::is_enum_v<T>
    void fill(T& to) {
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
            [&](auto each) { to = each.value; });
    }
    template <class T>
    void fill(std::vector<T>& to) {
        fill(to.emplace_back());
        fill(to.emplace_back());
    }
    template <Described T>
    void fill(T& to) {
        each_member<T>([&](auto member) { fill(to.*member.pointer); });
    }

private:
    int count_ = 0;
};

template <class T>
bool same(const T& a, const T& b);
template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const T& x, const T& y) { return same(x, y); });
}
template <class T>
bool same(const T& a, const T& b) {
    if constexpr (Described<T>) {
        bool equal = true;
        each_member<T>([&](auto member) {
            const bool alike = same(a.*member.pointer, b.*member.pointer);
            EXPECT_TRUE(alike) << member.name;
            equal = equal && alike;
        });
        return equal;
    } else {
        return a == b;
    }
}

TEST(Codec, AnOrderWithEverythingComesBack) {
    domain::Order order;
    Filler().fill(order);
    EXPECT_TRUE(same(decode_order(encode(order)), order));
}

TEST(Codec, ACaseWithEverythingComesBack) {
    domain::Case support_case;
    Filler().fill(support_case);
    EXPECT_TRUE(same(decode_case(encode(support_case)), support_case));
}

TEST(Codec, AnEmptyOrderIsShort) {
    domain::Order order;
    order.currency = {"EUR", 2};
    EXPECT_LT(encode(order).size(), 700U);
    EXPECT_TRUE(same(decode_order(encode(order)), order));
}

constexpr const char* kFirstRelease = R"({"id":"os_1","version":3,"connector":"shop",
  "external_id":"24","number":"ABC123","currency":{"code":"EUR","exponent":2},"tax_locale":"net",
  "lines":[{"id":"l1","external_id":"a","kind":"product","sku":"","name":"Mug",
    "unit_price":[0,0,0],"list":[3000,600,3600],"adjustments":[],"original":[3000,600,3600],
    "pool":{"units":3,"taken":1,"amount":[3000,600,3600],
            "taxes":[{"label":"VAT","rate":"20","amount":600}]},
    "ordered":3,"cancelled":1,"allocated":2,"fulfilled":2,"return_initiated":0,"returned":0,
    "reshipped":0,"seen_quantity":2,"seen_total":[2000,400,2400],"seen_restocked":0}],
  "change_orders":[{"id":"co_1","kind":"cancel","origin":"hub","actor":"agent:a","reason":"r",
    "at":1,"lines":[{"line_id":"l1","quantity":1,"delta":[-1000,-200,-1200],"taxes":[]}],
    "delta":[-1000,-200,-1200],"key":"co_1","echo":"done","done_at":2,"announced":true}],
  "refunds":[{"id":"rf_1","key":"rf_1","payment":"p1","amount":1200,"state":"intent",
    "origin":"hub","change_order_id":"co_1"}],
  "fulfilments":[{"external_id":"f1","state":"shipped",
    "lines":[{"line_id":"l1","quantity":2}],"at":5}],
  "credit_memos":[{"id":"cm_1","number":"CM-000001","change_order_id":"co_1","key":"cm_1",
    "total":[1,0,1],"lines":[],"state":"posted","posted_number":"CRN-1","message":""}],
  "exceptions":[{"id":"px_1","code":"step_parked","subject":"rf_1","active":false},
                {"id":"px_2","code":"step_parked","subject":"rf_2","active":true}]})";

TEST(Codec, WhatTheFirstReleaseWroteCanBeRead) {
    const domain::Order order = decode_order(kFirstRelease);
    EXPECT_TRUE(order.managed);
    ASSERT_EQ(order.lines.at(0).pools.size(), 1U);
    EXPECT_EQ(order.lines[0].pools[0].taken, 1);
    EXPECT_EQ(order.lines[0].pools[0].taxes.at(0).amount, domain::Minor{600});
    EXPECT_EQ(order.change_orders.at(0).stage, domain::Stage::pre);
    EXPECT_EQ(order.refunds.at(0).kind, domain::RefundKind::change);
    EXPECT_EQ(order.fulfilments.at(0).id, "fo_f1");
    EXPECT_EQ(order.credit_memos.at(0).posted_number, "CRN-1");
    EXPECT_EQ(order.exceptions.at(0).state, domain::ExceptionState::resolved);
    EXPECT_EQ(order.exceptions.at(1).state, domain::ExceptionState::active);
    EXPECT_EQ(order.exceptions.at(1).priority, "low");
    const std::string now = encode(order);
    EXPECT_EQ(encode(decode_order(now)), now);
}

TEST(Codec, DamagedDocumentsAreNotGuessedAt) {
    for (const char* damaged :
         {"", "{", "[]", "{}", R"({"currency":"EUR"})",
          R"({"currency":{"code":"EUR","exponent":2},"version":"1"})",
          R"({"currency":{"code":"EUR","exponent":2},"version":1.5})",
          R"({"currency":{"code":"EUR","exponent":2},"tax_locale":"both"})",
          R"({"currency":{"code":"EUR","exponent":2},"lines":{}})",
          R"({"currency":{"code":"EUR","exponent":2},"storefront_totals":[1,2]})"})
        EXPECT_THROW(decode_order(damaged), std::runtime_error) << damaged;
}

}  // namespace
}  // namespace orderhub::servicing
