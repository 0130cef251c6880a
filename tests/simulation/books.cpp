#include "tests/simulation/books.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace orderhub::simulation {

namespace json = boost::json;
using routing::CallResult;
using routing::Outcome;

void Books::execute(const routing::Delivery& delivery, Done done) {
    world_.note("books asked " + delivery.key + " attempt " + std::to_string(delivery.attempts));
    const json::value memo = json::parse(delivery.payload).at("memo");
    const Memo wanted{std::string(memo.at("number").as_string()),
                      std::string(memo.at("order_number").as_string()),
                      json::serialize(memo.at("totals")),
                      minor_of(memo.at_pointer("/totals/inc").as_string())};
    done = for_this_life(std::move(done));
    if (refuses(delivery.key))
        return request(
            Mishap::none, false, [] { return failed(Outcome::rejected, "period_closed"); }, done);
    if (delivery.attempts > 1 && !mistakes_.never_asks) return ask_first(wanted, std::move(done));
    post(wanted, std::move(done));
}

bool Books::has(const std::string& number) const {
    return std::ranges::find(ledger, number, &Effect::key) != ledger.end();
}

CallResult Books::posted(const Memo& memo) {
    CallResult result;
    result.result = json::serialize(json::object{{"external_id", "b-" + memo.number},
                                                 {"number", memo.number},
                                                 {"state", "posted"},
                                                 {"totals", json::parse(memo.totals)}});
    return result;
}

void Books::ask_first(const Memo& memo, Done done) {
    const auto there = std::make_shared<bool>(false);
    request(
        mishap(false), false,
        [this, there, number = memo.number] {
            *there = has(number);
            return CallResult{};
        },
        [this, there, memo, done = std::move(done)](const CallResult& answer) {
            if (answer.outcome != Outcome::done) return done(answer);
            if (*there) return done(posted(memo));
            post(memo, done);
        });
}

void Books::post(const Memo& memo, Done done) {
    request(
        mishap(true), false,
        [this, memo] {
            for (int copies = mistakes_.posts_twice ? 2 : 1; copies > 0; --copies)
                ledger.push_back(
                    {memo.number, "credit_memo.post", memo.subject, memo.amount, world_.now()});
            world_.note("books post " + memo.number + " " + decimal_of(memo.amount));
            return CallResult{};
        },
        [this, memo, done = std::move(done)](const CallResult& answer) {
            if (answer.outcome != Outcome::done) return done(answer);
            if (mistakes_.believes_lies) return done(posted(memo));
            read_back(memo, done);
        });
}

void Books::read_back(const Memo& memo, Done done) {
    const auto there = std::make_shared<bool>(false);
    request(
        mishap(false), false,
        [this, there, number = memo.number] {
            *there = has(number);
            return CallResult{};
        },
        [there, memo, done = std::move(done)](const CallResult& answer) {
            if (answer.outcome != Outcome::done)
                return done(failed(Outcome::unknown, "not_read_back"));
            done(*there ? posted(memo) : failed(Outcome::retry, "not_there"));
        });
}

}  // namespace orderhub::simulation
