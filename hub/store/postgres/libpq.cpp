#include "hub/store/postgres/libpq.hpp"

#include <dlfcn.h>

#include <stdexcept>
#include <string>

namespace orderhub::store {

namespace {

constexpr const char* kLibrary = "libpq.so.5";

void* open_library() {
    if (void* const library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL)) return library;
    throw std::runtime_error(std::string("PostgreSQL's client library cannot be used: ") +
                             ::dlerror());
}

template <typename Function>
void find(void* library, const char* name, Function*& function) {
    function = reinterpret_cast<Function*>(::dlsym(library, name));
    if (function == nullptr)
        throw std::runtime_error(std::string("PostgreSQL's client library is too old: ") +
                                 kLibrary + " has no " + name);
}

Libpq load() {
    void* const library = open_library();
    Libpq functions{};
    find(library, "PQclear", functions.PQclear);
    find(library, "PQcmdStatus", functions.PQcmdStatus);
    find(library, "PQcmdTuples", functions.PQcmdTuples);
    find(library, "PQconnectdbParams", functions.PQconnectdbParams);
    find(library, "PQconsumeInput", functions.PQconsumeInput);
    find(library, "PQenterPipelineMode", functions.PQenterPipelineMode);
    find(library, "PQerrorMessage", functions.PQerrorMessage);
    find(library, "PQexitPipelineMode", functions.PQexitPipelineMode);
    find(library, "PQfinish", functions.PQfinish);
    find(library, "PQflush", functions.PQflush);
    find(library, "PQgetlength", functions.PQgetlength);
    find(library, "PQgetResult", functions.PQgetResult);
    find(library, "PQgetvalue", functions.PQgetvalue);
    find(library, "PQisBusy", functions.PQisBusy);
    find(library, "PQntuples", functions.PQntuples);
    find(library, "PQpipelineSync", functions.PQpipelineSync);
    find(library, "PQresultErrorField", functions.PQresultErrorField);
    find(library, "PQresultStatus", functions.PQresultStatus);
    find(library, "PQsendQuery", functions.PQsendQuery);
    find(library, "PQsendQueryParams", functions.PQsendQueryParams);
    find(library, "PQsetnonblocking", functions.PQsetnonblocking);
    find(library, "PQsetNoticeProcessor", functions.PQsetNoticeProcessor);
    find(library, "PQsocket", functions.PQsocket);
    find(library, "PQstatus", functions.PQstatus);
    find(library, "PQtransactionStatus", functions.PQtransactionStatus);
    return functions;
}

}  // namespace

const Libpq& libpq() {
    static const Libpq functions = load();
    return functions;
}

}  // namespace orderhub::store
