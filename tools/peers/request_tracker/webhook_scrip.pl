# Commit code of the scrip "OrderHub webhook": one signed POST per request that changed a ticket.
# Where to and with which secret is read each time, so both can change while RT runs.
my $dir = $ENV{ORDERHUB_RT_DIR} or return 1;
my $line = sub {
    open(my $file, '<', "$dir/$_[0]") or return '';
    my $text = <$file> // '';
    chomp $text;
    return $text;
};
my $url = $line->('webhook.url') or return 1;
my $secret = $line->('webhook.secret');
require JSON; require LWP::UserAgent; require Digest::SHA;
my $ticket = $self->TicketObj;
my @batch = @{ $ticket->TransactionBatch || [] };
@batch = ($self->TransactionObj) unless @batch;
my $body = JSON->new->utf8->canonical->encode({
    event => 'ticket.transactions',
    ticket_id => 0 + $ticket->id,
    queue => $ticket->QueueObj->Name,
    status => $ticket->Status,
    last_updated => $ticket->LastUpdatedObj->W3CDTF(Timezone => 'UTC'),
    transactions => [ map { {
        id => 0 + $_->id, type => $_->Type, field => $_->Field,
        old_value => $_->OldValue, new_value => $_->NewValue,
        creator => $_->CreatorObj->Name,
        created => $_->CreatedObj->W3CDTF(Timezone => 'UTC'),
    } } @batch ],
});
my @headers = ('Content-Type' => 'application/json');
push @headers, 'X-RT-Signature' => 'sha256=' . Digest::SHA::hmac_sha256_hex($body, $secret) if $secret;
# RT answers its own caller only afterwards: better a lost notice than a slow desk.
my $answer = LWP::UserAgent->new(timeout => 2, max_redirect => 0)->post($url, @headers, Content => $body);
RT->Logger->warning("webhook $url: " . $answer->status_line) unless $answer->is_success;
return 1;
