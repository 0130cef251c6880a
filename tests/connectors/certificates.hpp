// A certificate authority of our own and certificates of it, made with the openssl command in a
// temporary folder.
#pragma once

#include <filesystem>
#include <string>

namespace orderhub::connectors::test {

/// ca.pem, and with their keys: good (127.0.0.1), other (other.example), expired (127.0.0.1).
class Certificates {
public:
    Certificates();
    ~Certificates();
    Certificates(const Certificates&) = delete;
    Certificates& operator=(const Certificates&) = delete;

    std::string file(const std::string& name) const { return folder_ / name; }

private:
    void make(const std::string& name, const std::string& subject_name, const std::string& days);

    std::filesystem::path folder_;
};

}  // namespace orderhub::connectors::test
