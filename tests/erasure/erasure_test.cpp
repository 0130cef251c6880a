// All that the hub has of a person is gone afterwards, and does not come back; the money stays.
#include <algorithm>
#include <map>

#include "hub/http/access.hpp"
#include "hub/http/journal_seal.hpp"
#include "hub/servicing/erasure/case_texts.hpp"
#include "hub/servicing/event_view.hpp"
#include "stage.hpp"

namespace orderhub::test {
namespace {

using routing::InboxState;

constexpr const char* kMail = "zq@canary.example";
constexpr const char* kOld = "2026-11-10T10:00:00Z";
constexpr const char* kSeen = "2026-11-18T12:00:00Z";

class Erasure : public Stage {
protected:
    /// Two orders, two cases (one from an address that was learned), a return, raw messages, an
    /// answer, another person beside it; every delivery but one is over.
    void live() {
        receive("shop", "order", order("A-1", kOld), kOld);
        receive("shop", "order", order("A-2", kOld), kOld);
        receive("desk", "case", mail("t1", kMail, "canarytext about order A-1"), kSeen);
        receive("desk", "case", mail("t2", "private@canary.example", "canarytext: mine"), kSeen);
        link("t2", "A-1");
        auto other = order("B-1", kOld);
        other["customer"] = {{"name", "Bob Other"}, {"email", "bob@example.test"}};
        other["billing_address"] = other["shipping_address"] = {{"name", "Bob Other"}};
        other["fulfilments"] = json::array{};
        receive("shop", "order", std::move(other), kOld);
        keep_message("w1", R"({"n":"Zebulon Quix\u00f6tic","line1":"77 Canary Wharf"})",
                     InboxState::done);
        keep_message("w2", "email=zq%40canary.example&city=Canaryburg", InboxState::parked);
        keep_message("w3", R"({"email":"bob@example.test"})", InboxState::done);
        return_one("A-1", "Zebulon called: canary wharf is flooded");
        keep_answer();
        settle_deliveries();
        return_one("A-2", "torn");
        settle_deliveries("refund.create");
    }

    void link(const std::string& number, const std::string& to) {
        const auto support_case = case_id(number);
        const auto id = order_id(to);
        unit([&](store::Transaction& transaction) {
            const auto linked =
                service_->link_case(transaction, {"agent:ann", "t", ++now_}, support_case, {id});
            EXPECT_TRUE(linked) << linked.error().message;
            return true;
        });
    }

    void keep_answer() {
        const auto body = json::serialize(order_view("A-1"));
        unit([&](store::Transaction& transaction) {
            transaction.save_answer({"agent:key", "f", 200, body, now_});
            return true;
        });
    }

    void seal() {
        unit([&](store::Transaction& transaction) {
            store::AuditQuery query;
            const auto last = transaction.last_seal();
            query.after = last ? last->last : 0;
            query.limit = 1'000;
            const auto events = transaction.audit(query).events;
            if (!events.empty())
                transaction.add_seal({events.front().sequence, events.back().sequence,
                                      static_cast<std::int64_t>(events.size()),
                                      http::seal_hash(last ? last->hash : "", events), now_});
            return true;
        });
    }

    /// Whether the seals are those of the journal, and each change of an event is told by it.
    void expect_sealed() {
        unit([&](store::Transaction& transaction) {
            std::string before;
            std::map<std::string, std::string> changed;
            for (const auto& seal : transaction.seals(0, 100)) {
                store::AuditQuery query;
                query.after = seal.first - 1;
                query.limit = static_cast<std::uint32_t>(seal.events);
                const auto events = transaction.audit(query).events;
                EXPECT_EQ(http::seal_hash(before, events), seal.hash);
                before = seal.hash;
                for (const auto& event : events)
                    check_event(event, changed);
            }
            EXPECT_TRUE(changed.empty());
            return true;
        });
    }

    std::map<std::string, std::int64_t> counts(const json::object& view, const char* member) {
        std::map<std::string, std::int64_t> all;
        for (const auto& [what, count] : view.at(member).as_object())
            all[std::string(what)] = count.as_int64();
        return all;
    }

    /// The figures of an order: all that is money or units.
    json::object figures(const std::string& number) {
        auto view = order_view(number);
        json::object kept;
        for (const char* name : {"totals", "money", "lines", "payments", "number", "credit_memos",
                                 "placed_at", "status", "return_orders", "change_orders"})
            kept[name] = view.at(name);
        for (auto& memo : kept["credit_memos"].as_array())
            for (const char* whose : {"reason", "customer"})
                memo.as_object().erase(whose);
        for (auto& change : kept["change_orders"].as_array())
            change.as_object().erase("reason");
        return kept;
    }

private:
    static void check_event(const store::AuditEvent& event,
                            std::map<std::string, std::string>& changed) {
        if (!event.erased.empty())
            changed[std::to_string(event.sequence)] =
                http::sha256_hex(json::serialize(servicing::audit_view(event, event.erased)));
        if (event.type != "journal.erased") return;
        const auto data = json::parse(event.data);
        for (const auto& [sequence, checksum] : data.at("events").as_object())
            if (const auto found = changed.find(std::string(sequence));
                found != changed.end() && checksum == json::string_view(found->second))
                changed.erase(found);
    }
};

TEST_P(Erasure, LeavesNothingInTheWholeDatabase) {
    live();
    seal();
    const auto before = canaries_found();
    EXPECT_GE(before.size(), canaries().size() - 2) << "else the test proves nothing";
    const auto customer = customer_of(kMail);
    const auto figures_before = figures("A-1");

    const auto dry = run(begin(customer, true));
    ASSERT_EQ(dry.state, "done");
    const auto foreseen = counts(view_of(dry), "erased");
    EXPECT_EQ(foreseen.at("orders"), 2);
    EXPECT_EQ(foreseen.at("cases"), 2);
    EXPECT_EQ(foreseen.at("aliases"), 1);
    EXPECT_EQ(counts(view_of(dry), "kept").at("credit_memos"), 2);
    EXPECT_FALSE(order_view("A-1").at("customer").at("email").as_string().empty());
    EXPECT_EQ(canaries_found().size(), before.size()) << "a dry run changes nothing";

    auto row = run(begin(customer));
    EXPECT_EQ(row.state, "waiting") << "a delivery still needs what it says";
    EXPECT_GT(counts(view_of(row), "left").at("deliveries"), 0);
    EXPECT_EQ(begin(customer).id, row.id) << "asked again it is the same";
    settle_deliveries();
    row = run(row);
    ASSERT_EQ(row.state, "done");
    EXPECT_EQ(canaries_found(), std::vector<std::string>{});
    for (const char* what : {"orders", "cases", "messages", "identities", "answers"})
        EXPECT_EQ(counts(view_of(row), "erased")[what], foreseen.at(what)) << what;

    const auto figures_after = figures("A-1");
    for (const auto& [name, value] : figures_before)
        EXPECT_EQ(json::serialize(figures_after.at(name)), json::serialize(value)) << name;
    EXPECT_EQ(customer_of(kMail), "");
    EXPECT_NE(whole_database().find("bob@example.test"), std::string::npos) << "only this person";
    seal();
    expect_sealed();
}

TEST_P(Erasure, LaterRecordsDoNotBringThePersonBack) {
    live();
    settle_deliveries();
    ASSERT_EQ(run(begin(customer_of(kMail))).state, "done");
    now_ += 10'000;
    auto changed = order("A-1", kOld);
    changed["storefront_state"] = "Completed";
    receive("shop", "order", std::move(changed), "2026-11-22T10:00:00Z");
    EXPECT_EQ(order_view("A-1").at("storefront_state"), "Completed") << "it is still followed";
    receive("desk", "case", mail("t1", kMail, "canarytext, again"), "2026-11-22T11:00:00Z");
    // An order and a case of before that come in only now.
    receive("shop", "order", order("A-0", kOld), "2026-11-22T12:00:00Z");
    receive("desk", "case", mail("t0", kMail, "canarytext of old"), "2026-11-22T12:00:00Z");
    EXPECT_EQ(canaries_found(), std::vector<std::string>{});
    EXPECT_EQ(order_view("A-0").at("totals").at("current").at("inc"), "36.00");
    const auto other = order_view("B-1");
    EXPECT_EQ(other.at("customer").at("name"), "Bob Other");
}

TEST_P(Erasure, ANewOrderIsANewCustomer) {
    live();
    settle_deliveries();
    const auto customer = customer_of(kMail);
    ASSERT_EQ(run(begin(customer)).state, "done");
    receive("shop", "order", order("A-9", "2027-01-10T10:00:00Z"), "2027-01-10T10:00:00Z");
    const auto again = customer_of(kMail);
    EXPECT_FALSE(again.empty());
    EXPECT_NE(again, customer);
    EXPECT_EQ(order_view("A-9").at("customer").at("name"), "Zebulon Quixötic");
    EXPECT_EQ(order_view("A-1").at("customer").at("name"), "");
    const auto counted = unit(
        [&](store::Transaction& transaction) { return transaction.customer_counts(again).orders; });
    EXPECT_EQ(counted, 1) << "of the old ones nobody knows any more whose they were";
}

TEST_P(Erasure, TextsOfClosedCasesGoByTheirAge) {
    auto closed = mail("t1", "bob@example.test", "long ago");
    closed["state"] = "closed";
    receive("desk", "case", closed, kSeen);
    receive("desk", "case", mail("t2", "bob@example.test", "open"), kSeen);
    const auto before = ++now_;
    closed["source"].as_object()["external_id"] = "t3";
    receive("desk", "case", closed, kSeen);
    const auto round = [&] {
        std::uint64_t deleted = 0;
        servicing::CaseTextsStep step;
        for (int i = 0; i < 10 && !step.is_end; ++i) {
            step = unit([&](store::Transaction& transaction) {
                return servicing::delete_old_case_texts({transaction, transaction}, settings(),
                                                        {"hub", "t", ++now_}, step.reached, before,
                                                        1);
            });
            deleted += step.deleted;
        }
        EXPECT_TRUE(step.is_end);
        return deleted;
    };
    EXPECT_EQ(round(), 1U);
    EXPECT_EQ(round(), 0U);
    const auto subject = [&](const std::string& number) {
        return unit([&](store::Transaction& transaction) {
            return transaction.case_by_source("desk", number)->subject;
        });
    };
    EXPECT_EQ(subject("t1"), "");
    EXPECT_EQ(subject("t2"), "About canarytext t2");
    EXPECT_EQ(subject("t3"), "About canarytext t1") << "younger";
    EXPECT_FALSE(customer_of("bob@example.test").empty());
}

TEST_P(Erasure, RefusesWhatItCannotDo) {
    receive("shop", "order", order("A-1", kOld), kOld);
    const auto customer = customer_of(kMail);
    const auto code = [&](const std::string& id, const std::string& reason) {
        return unit([&](store::Transaction& transaction) {
            const auto begun = erasing_->begin({transaction, transaction},
                                               {"agent:root", "t", now_}, id, reason, false);
            return begun ? std::string("begun") : begun.error().code;
        });
    };
    EXPECT_EQ(code("cu_none", "asked"), "no_such_customer");
    EXPECT_EQ(code(customer, " "), "no_reason");
    EXPECT_EQ(code(customer, "asked"), "begun");
}

INSTANTIATE_TEST_SUITE_P(Stores, Erasure, testing::Values(Kind::sqlite, Kind::postgres),
                         [](const auto& info) {
                             return info.param == Kind::sqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace orderhub::test
