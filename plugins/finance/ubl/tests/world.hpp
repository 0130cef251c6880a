// What the tests start from: a directory of their own, a configuration, a document.
#pragma once

#include <filesystem>
#include <orderhub/commands.hpp>
#include <orderhub/fake_host.hpp>
#include <string>

namespace orderhub::ubl::test {

/// A new directory, gone at the end.
class Directory {
public:
    Directory();
    ~Directory();
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;

    std::string path() const { return path_.string(); }
    std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

std::string content_of(const std::string& path);
void write(const std::string& path, const std::string& content);

/// A German seller; `more` is laid over it, member by member.
sdk::Json config(const std::string& directory, const char* more = "{}");

/// The payload of a memo: two mugs at 19 % of 20.00 net for a buyer in Germany; `more` is laid over
/// the memo.
sdk::Json memo(const char* more = "{}");

/// As memo, an invoice of a fee.
sdk::Json fee_invoice();

}  // namespace orderhub::ubl::test
