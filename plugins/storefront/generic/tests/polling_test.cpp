#include <gtest/gtest.h>

#include <map>
#include <orderhub/fake_host.hpp>

namespace orderhub::declared {
namespace {

using sdk::Json;
using testkit::Answer;
using testkit::FakeHost;
using testkit::Request;

constexpr const char* kRecord = R"({
  "source": {"external_id": "/no", "updated_at": {"pointer": "/changed", "date": "unix"}}, "number": "/no",
  "currency": {"constant": "EUR"}, "tax_locale": {"constant": "net"}, "state": {"constant": "open"},
  "placed_at": {"pointer": "/changed", "date": "unix"}, "lines": [], "totals": {"ex": "/net", "tax": "/vat"}})";

Json config(const char* list, const char* record = kRecord) {
    Json made = Json::parse(
        R"({"base_url": "http://shop.test/api/", "id": "/no", "message": {"items": "/orders"}})");
    made.set("record", Json::parse(record));
    made.set("list", Json::parse(list));
    return made;
}

/// A shop whose list begins with the oldest change; unix seconds by number.
struct Shop {
    std::map<std::string, std::int64_t> orders;
    int page_size = 2;

    Answer operator()(const Request& request) const {
        const auto value = [&](const std::string& name) {
            const std::size_t at = request.url.find(name + "=");
            return at == std::string::npos ? 0
                                           : std::stoll(request.url.substr(at + name.size() + 1));
        };
        std::multimap<std::int64_t, std::string> changed;
        for (const auto& [number, at] : orders)
            if (at >= value("since")) changed.emplace(at, number);
        Json list = Json::array();
        long long skip = (value("page") - 1) * page_size;
        for (const auto& [at, number] : changed)
            if (skip-- <= 0 && static_cast<int>(list.items().size()) < page_size)
                list.push(Json::object({{"no", number},
                                        {"changed", at},
                                        {"net", "10.00"},
                                        {"vat", number == "bad" ? "x" : "2.10"}}));
        return {200, Json::object({{"orders", list}}).dump(), {}};
    }
};

constexpr const char* kWindow =
    R"({"url": "/orders", "query": {"since": "{$from}", "page": "{$page}"}, "from_format": "unix",
  "items": "/orders", "changed_at": {"pointer": "/changed", "date": "unix"}, "paging": "page", "page_size": 2,
  "start": "2026-11-23T00:00:00Z", "overlap_s": 10})";
constexpr std::int64_t kStart = 1'795'392'000;

std::vector<std::string> numbers(const testkit::Outcome& outcome) {
    std::vector<std::string> all;
    for (const auto& [kind, record] : outcome.records)
        all.push_back(record["number"].text());
    return all;
}

TEST(Windows, move_with_the_changes_and_lose_none) {
    FakeHost host(config(kWindow));
    Shop shop{{{"A", kStart + 100}, {"B", kStart + 200}, {"C", kStart + 300}, {"D", kStart + 400}}};
    host.peer = std::ref(shop);
    const auto first = host.poll();
    ASSERT_EQ(first.outcome, OH_DONE) << first.message;
    const auto seen = numbers(first);
    for (const char* each : {"A", "B", "C", "D"})
        EXPECT_NE(std::find(seen.begin(), seen.end(), each), seen.end()) << each;
    EXPECT_EQ(host.requests[1].url,
              "http://shop.test/api/orders?since=" + std::to_string(kStart + 199) + "&page=1");
    shop.orders["A"] = kStart + 500;
    const auto second = host.poll(first.cursor);
    EXPECT_EQ(numbers(second).back(), "A");
    EXPECT_EQ(host.poll(second.cursor).cursor, host.poll(second.cursor).cursor)
        << "it rests when there is no news";
}

TEST(Windows, many_changes_of_one_second_are_read_page_by_page) {
    FakeHost host(config(kWindow));
    Shop shop;
    for (char each = 'A'; each <= 'G'; ++each)
        shop.orders[std::string(1, each)] = kStart + 100;
    host.peer = shop;
    EXPECT_EQ(numbers(host.poll()).back(), "G");
}

TEST(Windows, a_backfill_begins_where_it_is_told) {
    FakeHost host(config(kWindow));
    host.peer = Shop{{{"A", kStart - 5000}}};
    EXPECT_TRUE(numbers(host.poll()).empty());
    EXPECT_EQ(numbers(host.poll(R"({"from": "2026-11-22T00:00:00Z"})")),
              std::vector<std::string>{"A"});
}

TEST(Unmapped, orders_are_kept_and_in_nobody_s_way) {
    Shop shop{{{"A", kStart + 100}, {"bad", kStart + 200}, {"C", kStart + 300}}};
    std::map<std::string, std::string, std::less<>> state;
    {
        FakeHost host(config(kWindow));
        host.peer = shop;
        const auto outcome = host.poll();
        ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
        EXPECT_EQ(outcome.records.back().second["number"].text(), "C");
        const auto check = host.check();
        EXPECT_EQ(check.outcome, OH_REJECTED);
        EXPECT_EQ(check.message,
                  "kept, because no order can be made of it: bad: configuration key "
                  "record.totals.tax (/vat): "
                  "found 'x'; expected an amount like 12.34");
        state = host.state;
    }
    // Somebody mends the configuration.
    std::string better(kRecord);
    better.replace(better.find(R"("/vat")"), 6,
                   R"({"pointer": "/vat", "table": {"x": "0"}, "otherwise": "2.10"})");
    FakeHost host(config(kWindow, better.c_str()));
    host.peer = shop;
    host.state = state;
    EXPECT_EQ(host.check().outcome, OH_DONE) << "it can be taken in place of the one before";
    EXPECT_EQ(numbers(host.poll()).front(), "bad");
    EXPECT_EQ(host.check().outcome, OH_DONE);
}

TEST(Unmapped, messages_are_parked_by_the_hub) {
    FakeHost host(config(kWindow));
    const auto outcome =
        host.receive(R"({"orders": [{"no": "A", "changed": 1795392000, "net": "1", "vat": "x"}]})");
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "unmapped");
}

TEST(Messages, that_are_late_do_not_win_over_later_ones) {
    FakeHost host(config(kWindow));
    const auto outcome =
        host.receive(R"({"orders": {"no": "A", "changed": 1794900000, "net": "1", "vat": "0"}})");
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(outcome.records[0].second["source"]["observed_at"].text(),
              "2026-11-17T07:20:00.000Z");
}

TEST(Cursors, go_on_where_the_system_says) {
    FakeHost host(config(
        R"({"url": "/changes", "query": {"after": "{$cursor}"}, "items": "", "paging": "cursor",
                             "next": "= #answer > 0 and answer[#answer].seq or nil", "keep_cursor": true})"));
    host.peer = [](const Request& request) {
        const bool first = request.url == "http://shop.test/api/changes";
        return Answer{
            200,
            first ? R"([{"no": "A", "seq": 41, "changed": 1795392000, "net": 1, "vat": 0}])" : "[]",
            {}};
    };
    const auto outcome = host.poll();
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(host.requests.back().url, "http://shop.test/api/changes?after=41");
    host.poll(outcome.cursor);
    EXPECT_EQ(host.requests.back().url, "http://shop.test/api/changes?after=41");
}

TEST(Links, are_followed_and_never_in_a_circle) {
    FakeHost host(config(R"({"url": "/orders", "items": "/orders", "paging": "link"})"));
    host.peer = [](const Request& request) {
        const bool first = request.url == "http://shop.test/api/orders";
        const std::string next = first ? "</api/orders?p=2>; rel=\"next\"" : "<?p=2>; rel=\"next\"";
        return Answer{200, R"({"orders": []})", {{"link", next}}};
    };
    EXPECT_EQ(host.poll().outcome, OH_DONE);
    EXPECT_EQ(host.requests.back().url, "http://shop.test/api/orders?p=2");
    EXPECT_EQ(host.requests.size(), 2U);
}

TEST(Lists, that_are_none_are_asked_for_again) {
    FakeHost host(config(R"({"url": "/orders", "items": "/data"})"));
    host.peer = [](const Request&) { return Answer{200, R"({"orders": []})", {}}; };
    // Nothing there is no list of nothing: the key is wrong, or the answer is.
    const auto outcome = host.poll();
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_EQ(outcome.message,
              "configuration key list.items (/data): found nothing; expected a list");
}

}  // namespace
}  // namespace orderhub::declared
