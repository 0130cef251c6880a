// Where credit memos are posted. It takes no key and posts whatever comes, twice if need be; but it
// can be asked for a number.
#pragma once

#include "tests/simulation/outside.hpp"

namespace orderhub::simulation {

/// Ways to get the connector wrong, to see whether the auditor notices.
struct BooksMistakes {
    bool posts_twice = false;
    bool never_asks = false;
    bool believes_lies = false;
};

/// The connector asks before every attempt but the first, and reads back what it posted.
class Books final : public Outside {
public:
    Books(World& world, BooksMistakes mistakes) : Outside(world, "books"), mistakes_(mistakes) {}

    void execute(const routing::Delivery& delivery, Done done) override;

private:
    struct Memo {
        std::string number;
        std::string subject;
        std::string totals;  ///< JSON
        Minor amount = 0;
    };

    void ask_first(const Memo& memo, Done done);
    void post(const Memo& memo, Done done);
    void read_back(const Memo& memo, Done done);
    bool has(const std::string& number) const;
    static routing::CallResult posted(const Memo& memo);

    const BooksMistakes mistakes_;
};

}  // namespace orderhub::simulation
