# Fills a fresh Request Tracker: queue, custom fields, users, rights, webhook scrip, API token.
# Usage: seed.pl SCRIP_FILE < '{"hub_password":...}'; prints the ids as JSON. Safe to run again.
use strict;
use warnings;
use lib '/usr/local/share/request-tracker5/lib', '/usr/share/request-tracker5/lib';
use RT;
RT::LoadConfig();
RT::Init();
use JSON;
use RT::AuthToken;

my $system = RT->SystemUser;
my ($scrip_file) = @ARGV;
my $input = decode_json(join '', <STDIN>);

# The object, created unless it is there already.
sub ensure {
    my ($class, $find, %values) = @_;
    my $object = $class->new($system);
    $find->($object);
    return $object if $object->id;
    my ($id, $message) = $object->Create(%values);
    die "$class: $message\n" unless $id;
    $find->($object) unless $object->id;
    return $object;
}

sub grant {
    my ($principal, $object, @rights) = @_;
    for my $right (@rights) {
        next if $principal->HasRight(Right => $right, Object => $object);
        my ($id, $message) = $principal->GrantRight(Right => $right, Object => $object);
        die "$right: $message\n" unless $id;
    }
}

my $queue = ensure('RT::Queue', sub { $_[0]->Load('Support') },
    Name => 'Support', Description => 'Customer support',
    CorrespondAddress => 'support@example.test', CommentAddress => 'support-comment@example.test');

my %field_ids;
for (['Order Number', 'FreeformSingle'], ['Order Summary', 'Text'],
     ['Order Summary URL', 'FreeformSingle', '__CustomField__'],
     ['Order Total', 'FreeformSingle'], ['External Id', 'FreeformSingle']) {
    my ($name, $type, $link) = @$_;
    my $lookup = RT::Ticket->CustomFieldLookupType;
    my $field = ensure('RT::CustomField',
        sub { $_[0]->LoadByCols(Name => $name, LookupType => $lookup) },
        Name => $name, Type => $type, LookupType => $lookup);
    $field->SetLinkValueTo($link) if $link;
    $field->AddToObject($queue) unless $field->IsAdded($queue->id);
    $field_ids{$name} = 0 + $field->id;
}

my @working = qw(SeeQueue CreateTicket ShowTicket ShowTicketComments CommentOnTicket ReplyToTicket
    ModifyTicket OwnTicket TakeTicket SeeCustomField ModifyCustomField ShowOutgoingEmail);
my %user_ids;
for (['hub', 'Integration Hub', $input->{hub_password}], ['agent', 'Agent One', $input->{agent_password}]) {
    my ($name, $real, $password) = @$_;
    my $user = ensure('RT::User', sub { $_[0]->Load($name) }, Name => $name, RealName => $real,
        EmailAddress => "$name\@example.test", Password => $password, Privileged => 1);
    grant($user->PrincipalObj, $queue, @working);
    # The hub reads requestors' addresses; that takes AdminUsers.
    grant($user->PrincipalObj, $RT::System, 'AdminUsers') if $name eq 'hub';
    $user_ids{$name} = 0 + $user->id;
}

my $everyone = RT::Group->new($system);
$everyone->LoadSystemInternalGroup('Everyone');
grant($everyone->PrincipalObj, $queue, qw(CreateTicket ReplyToTicket));

open(my $file, '<', $scrip_file) or die "$scrip_file: $!\n";
my $commit = join '', <$file>;
# Stage TransactionBatch runs after the commit: whoever is told can read the new state.
my $scrip = ensure('RT::Scrip', sub { $_[0]->LoadByCols(Description => 'OrderHub webhook') },
    Queue => 0, Description => 'OrderHub webhook', ScripCondition => 'On Transaction',
    ScripAction => 'User Defined', Template => 'Blank', Stage => 'TransactionBatch',
    CustomPrepareCode => 'return 1;', CustomCommitCode => $commit);

my $token = RT::AuthToken->new(RT::CurrentUser->new('root'));
my ($token_id, $message, $secret) = $token->Create(Owner => $user_ids{hub}, Description => 'hub');
die "token: $message\n" unless $token_id;

print JSON->new->canonical->encode({
    version => $RT::VERSION, token => $secret, user_ids => \%user_ids,
    queue => { id => 0 + $queue->id, name => 'Support' }, custom_fields => \%field_ids,
});
