#include "certificates.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace orderhub::connectors::test {
namespace {

void run(const std::filesystem::path& folder, const std::string& arguments) {
    const std::string command =
        "cd '" + folder.string() + "' && openssl " + arguments + " >>openssl.log 2>&1";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: openssl " + arguments);
}

std::filesystem::path temporary_folder() {
    std::string name = std::filesystem::temp_directory_path() / "orderhub-certificates-XXXXXX";
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    return name;
}

}  // namespace

Certificates::Certificates() : folder_(temporary_folder()) {
    run(folder_,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem "
        "-days 2"
        " -subj '/CN=Test authority'");
    make("good", "IP:127.0.0.1", "2");
    make("other", "DNS:other.example", "2");
    make("expired", "IP:127.0.0.1", "-1");
}

Certificates::~Certificates() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Certificates::make(const std::string& name, const std::string& subject_name,
                        const std::string& days) {
    std::ofstream(folder_ / (name + ".ext")) << "subjectAltName=" << subject_name << '\n';
    run(folder_, "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout " + name +
                     ".key -out " + name + ".csr -subj /CN=" + name);
    run(folder_, "x509 -req -in " + name + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days " +
                     days + " -extfile " + name + ".ext -out " + name + ".pem");
}

}  // namespace orderhub::connectors::test
