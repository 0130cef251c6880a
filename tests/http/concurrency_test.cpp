// 32 people and one order: nobody's money is given back twice, and who comes too late learns why.
#include <boost/json/serialize.hpp>
#include <latch>
#include <thread>

#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

constexpr int kAgents = 32;
constexpr int kWantedSuccesses = 2;
constexpr int kMaxAttempts = 40;
constexpr int kUnits = 60;
constexpr int kShipped = 40;

std::string decimal(int cents) {
    const std::string digits = std::to_string(cents % 100);
    return std::to_string(cents / 100) + "." + (digits.size() < 2 ? "0" : "") + digits;
}

std::int64_t cents(const json::value& text) {
    std::string digits(text.as_string());
    digits.erase(digits.find('.'), 1);
    return std::stoll(digits);
}

/// Many mugs at 12.00, all paid, some of them shipped.
json::object large_order() {
    auto record = order_record();
    const json::object sum{{"ex", decimal(kUnits * 1000)},
                           {"tax", decimal(kUnits * 200)},
                           {"inc", decimal(kUnits * 1200)}};
    auto& line = record["lines"].as_array()[0].as_object();
    line["quantity"] = kUnits;
    line["list"] = line["total"] = record["totals"] = sum;
    line["taxes"].as_array()[0].as_object()["amount"] = sum.at("tax");
    record["payments"].as_array()[0].as_object()["amount"] = sum.at("inc");
    auto& sent = record["fulfilments"].as_array()[0].as_object()["lines"].as_array()[0];
    sent.as_object()["quantity"] = kShipped;
    return record;
}

struct Action {
    std::string name;
    json::object input;
};

Action action_of(int turn) {
    const json::array unit{json::object{{"line_id", "l1"}, {"quantity", 1}}};
    switch (turn % 4) {
        case 0:
            return {"return", {{"lines", unit}, {"reason", "torn"}}};
        case 1:
            return {"refund", {{"kind", "goodwill"}, {"amount", "0.50"}, {"reason", "sorry"}}};
        case 2:
            return {"discount",
                    {{"basis", "amount_with_tax"}, {"value", "1.00"}, {"reason", "late"}}};
        default:
            return {"cancel", {{"lines", unit}, {"reason", "not wanted"}}};
    }
}

struct Tally {
    int done = 0;
    int lost = 0;
    std::vector<std::string> wrong;
};

class Concurrency : public ApiTest {
protected:
    /// Reads, previews and submits until it worked often enough.
    Tally work(int agent) {
        Tally tally;
        for (int attempt = 0; attempt < kMaxAttempts && tally.done < kWantedSuccesses; ++attempt) {
            const auto action = action_of(agent + attempt);
            const auto etag = call("GET", order_path()).headers["etag"];
            // All of them know the same version before anybody changes it.
            if (attempt == 0) all_have_read_.arrive_and_wait();
            const auto preview = act(action, ":preview", etag, {});
            if (!count(preview, etag, tally)) continue;
            const auto key = std::to_string(agent) + "-" + std::to_string(attempt);
            const auto submit = act(action, ":submit", etag, key);
            if (!count(submit, etag, tally)) continue;
            ++tally.done;
            if (submit.document().at("plan") != preview.document().at("plan"))
                tally.wrong.push_back("not as previewed: " + submit.body);
        }
        return tally;
    }

    Reply act(const Action& action, const char* verb, const std::string& etag,
              const std::string& key) {
        Headers headers{{"If-Match", etag}};
        if (!key.empty()) headers.emplace_back("Idempotency-Key", key);
        return send("POST", order_path() + "/actions/" + action.name + verb, action.input, "agent",
                    std::move(headers));
    }

    /// Whether it worked. Who is too late must learn what there is now, and why.
    static bool count(const Reply& reply, const std::string& etag, Tally& tally) {
        if (reply.status == 200) return true;
        if (reply.status != 409 || reply.code() != "order_changed") {
            tally.wrong.push_back(reply.body);
            return false;
        }
        ++tally.lost;
        const auto document = reply.document();
        const auto asked = std::stoll(etag.substr(1));
        if (document.at("order_version").as_int64() <= asked ||
            document.at("changes").as_array().empty())
            tally.wrong.push_back("says not what changed: " + reply.body);
        return false;
    }

    std::string order_path() const { return "/api/v1/orders/" + order_; }

    std::string order_;
    std::latch all_have_read_{kAgents};
};

void expect_sound(const json::object& order) {
    const auto captured = cents(order.at("money").at("captured"));
    std::int64_t refunded = 0;
    for (const auto& refund : order.at("refunds").as_array())
        if (refund.at("state").as_string() != "failed") refunded += cents(refund.at("amount"));
    EXPECT_LE(refunded, captured);
    EXPECT_EQ(refunded, cents(order.at("money").at("refunded")));
    for (const auto& payment : order.at("payments").as_array())
        EXPECT_GE(cents(payment.at("available_to_refund")), 0);
    for (const auto& line : order.at("lines").as_array())
        for (const auto& [name, units] : line.at("quantities").as_object())
            EXPECT_GE(units.as_int64(), 0) << name;
    auto total = cents(order.at("totals").at("original").at("inc"));
    for (const auto& change : order.at("change_orders").as_array())
        total += cents(change.at("delta").at("inc"));
    EXPECT_EQ(total, cents(order.at("totals").at("current").at("inc")));
}

TEST_F(Concurrency, ManyAgentsAndOneOrder) {
    order_ = import_order(large_order());
    std::vector<Tally> tallies(kAgents);
    std::vector<std::thread> agents;
    for (int agent = 0; agent < kAgents; ++agent)
        agents.emplace_back([&, agent] { tallies[static_cast<std::size_t>(agent)] = work(agent); });
    for (auto& agent : agents)
        agent.join();
    int done = 0, lost = 0;
    for (const auto& tally : tallies) {
        done += tally.done;
        lost += tally.lost;
        for (const auto& wrong : tally.wrong)
            ADD_FAILURE() << wrong;
    }
    const auto order = call("GET", order_path()).document();
    EXPECT_GE(done, kAgents);
    EXPECT_GE(lost, kAgents - 1) << "of those who had read one version, one could change it";
    EXPECT_EQ(order.at("actions").as_array().size(), static_cast<std::size_t>(done));
    expect_sound(order);
}

TEST_F(Concurrency, OneKeySentByManyIsDoneOnce) {
    order_ = import_order();
    const auto etag = call("GET", order_path()).headers["etag"];
    std::vector<Reply> replies(kAgents);
    std::vector<std::thread> senders;
    for (auto& reply : replies)
        senders.emplace_back([&] { reply = act(action_of(0), ":submit", etag, "one"); });
    for (auto& sender : senders)
        sender.join();
    for (const auto& reply : replies) {
        EXPECT_EQ(reply.status, 200) << reply.body;
        EXPECT_EQ(reply.body, replies.front().body);
    }
    const auto order = call("GET", order_path()).document();
    EXPECT_EQ(order.at("actions").as_array().size(), 1u);
    EXPECT_EQ(order.at("refunds").as_array().size(), 1u);
}

}  // namespace
}  // namespace orderhub::http
