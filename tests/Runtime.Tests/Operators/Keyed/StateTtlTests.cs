using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.State;

namespace Weir.Runtime.Tests.Operators.Keyed;

public sealed class StateTtlTests
{
    private static StateTtl Hundred { get; } = StateTtl.Of(TimeSpan.FromMicroseconds(100));

    [Theory, InlineData(false), InlineData(true)]
    public void H5_A_value_lives_so_long_behind_its_last_write_and_is_gone_from_the_state_then(bool crash)
    {
        var script = new Script(Hundred, crash);
        script.At(0).Write(1).At(20).Reads(1).At(50).Write(2).At(120).Reads(2).At(170).Write(3).At(220).Reads(3).At(300).Reads(null);
        Assert.Empty(script.Snapshot().KeyGroups);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void H5_A_value_that_is_returned_until_it_is_cleaned_up_is_returned_once(bool crash)
    {
        var script = new Script(Hundred.ReturnedUntilCleaned().CleanedBy(StateCleanUp.None), crash);
        script.At(0).Write(1).At(120).Reads(1).Reads(null);
        Assert.Empty(script.Snapshot().KeyGroups);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void H5_A_value_lives_so_long_behind_its_last_use_where_reading_is_an_update(bool crash) =>
        new Script(Hundred.UpdatedOnReadAndWrite(), crash).At(0).Write(1).At(50).Reads(1).At(120).Reads(1).At(250).Reads(null);

    [Theory, InlineData(false), InlineData(true)]
    public void H5_The_longest_time_to_live_is_for_ever(bool crash) =>
        new Script(StateTtl.Of(TimeSpan.MaxValue), crash).At(5).Write(1).At(long.MaxValue / 20_000).Reads(1);

    [Fact]
    public void H5_A_time_to_live_may_be_given_to_state_that_has_none_and_counts_from_the_restore()
    {
        var lasting = new Script(null, crash: false).At(0).Write(7).At(1000);
        var aging = new Script(Hundred, crash: false).At(1000).TakeUp(lasting);
        aging.At(1099).Reads(7).At(1100).Reads(null);
    }

    [Fact]
    public void H5_A_time_to_live_may_be_taken_from_state_and_what_lives_then_lives_for_ever()
    {
        var aging = new Script(Hundred, crash: false).At(0).Write(7, key: 1).At(90).Write(8, key: 2).At(120);
        var lasting = new Script(null, crash: false).At(120).TakeUp(aging);
        lasting.At(1_000_000).Reads(null, key: 1).Reads(8, key: 2);
    }

    [Fact]
    public void A_value_does_not_expire_in_the_middle_of_a_call()
    {
        Script? script = null;
        script = new Script(Hundred, crash: false)
        {
            OnRecord = (process, _, context) =>
            {
                context.Emit($"{process.Value.HasValue}");
                script!.Later(1000);
                context.Emit($"{process.Value.HasValue}");
            },
        };
        script.At(0).Write(1).At(99);
        Assert.Equal("True@none True@none", script.Call());
        Assert.Equal("False@none False@none", script.Call());
    }

    [Fact]
    public void Within_a_call_a_value_that_was_returned_is_there_until_the_end()
    {
        var script = new Script(Hundred.ReturnedUntilCleaned(), crash: false)
        {
            OnRecord = static (process, _, context) =>
            {
                context.Emit($"{process.Value.HasValue} {process.Value.Value} {process.List.Count} {process.List[0]} {process.Map["a"]}");
                process.Value.Value += 1;
                process.List.Add(9);
                context.Emit($"{process.Value.Value} {string.Join(',', process.List)} {process.Map.ContainsKey("a")}");
            },
        };
        script.At(0).Write(1).At(500);
        Assert.Equal("True 1 1 1 1@none 2 1,9 True@none", script.Call());
    }

    [Fact]
    public void What_has_expired_is_in_no_snapshot()
    {
        var script = new Script(Hundred, crash: false);
        for (var key = 0; key < 50; key++)
        {
            script.At(key * 4).Write(key, key);
        }

        script.At(200);
        var restored = new Script(Hundred.ReturnedUntilCleaned(), crash: false).At(200).TakeUp(script);
        for (var key = 0; key < 50; key++)
        {
            restored.Reads((key * 4) + 100 <= 200 ? null : key, key);
        }
    }

    [Fact]
    public void Each_step_cleans_up_a_portion_until_nothing_is_left()
    {
        const int Keys = 5000;
        var script = new Script(Hundred.ReturnedUntilCleaned().CleanedBy(StateCleanUp.Background), crash: false);
        for (var key = 1; key <= Keys; key++)
        {
            script.Write(key, key);
        }

        script.At(100);
        var left = new List<int>();
        for (var step = 0; step < 200; step++)
        {
            left.Add(script.Snapshot().KeyGroups.Sum(group => group.Entries.Length));
            script.Touch();
        }

        Assert.True(left[1] > left[0] * 9 / 10, "more than a portion was cleaned up in one step");
        Assert.Equal(left.OrderDescending(), left);
        script.Reads(null, 1).Reads(null, Keys);
        Assert.True(left[^1] < left[0] / 100, $"{left[^1]} bytes of {left[0]} are left");
    }

    [Fact]
    public void A_part_of_a_list_and_of_a_map_expires_and_the_rest_is_cleaned_up_with_it()
    {
        var script = new Script(Hundred, crash: false)
        {
            OnRecord = static (process, value, context) =>
            {
                process.List.Add(value);
                process.Map[$"{value}"] = value;
                context.Emit($"[{string.Join(',', process.List)}][{string.Join(',', process.Map.Keys)}]");
            },
        };
        Assert.Equal("[1][1]@none", script.At(0).Call(1));
        Assert.Equal("[1,2][1,2]@none", script.At(50).Call(2));
        Assert.Equal("[2,3][2,3]@none", script.At(100).Call(3));
        Assert.Equal("[2,3,4][2,3,4]@none", script.At(149).Call(4));
        var other = new Script(null, crash: false) { OnRecord = script.OnRecord };
        Assert.Equal("[3,4,5][3,4,5]@none", other.TakeUp(script.At(150)).Call(5));
    }

    [Fact]
    public void A_timer_finds_what_has_expired_at_its_time_gone()
    {
        var harness = new ProcessHarness<(long Key, long Value)>(new Job("ttl").From(new MemorySource<(long Key, long Value)>([]))
            .KeyBy(record => record.Key).Process(() => new Alarm(Hundred)).Stage);
        harness.Records(((1, 5), 0));
        harness.Clock(99);
        harness.Clock(100);
        Assert.Equal("99:True@none 100:False@none", string.Join(' ', harness.Take()));
    }

    [Fact]
    public void A_time_to_live_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StateTtl.Of(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => StateTtl.Of(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => StateTtl.Of(TimeSpan.FromTicks(9)));
    }

    [Fact]
    public void A_checkpoint_says_that_state_with_a_time_to_live_is_the_same_state()
    {
        var with = new Script(Hundred, crash: false).Harness.Operator.Schemas;
        var without = new Script(null, crash: false).Harness.Operator.Schemas;
        Assert.Null(SchemaDifference.Of(with, without, wasInterpreted: true));
        Assert.Null(SchemaDifference.Of(without, with, wasInterpreted: true));
    }

    private sealed class Alarm(StateTtl ttl) : KeyedProcess<long, (long Key, long Value), string>
    {
        private ValueState<long>? _value = new(ttl);

        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context)
        {
            _value!.Value = record.Value;
            context.RegisterProcessingTimer(99);
            context.RegisterProcessingTimer(100);
        }

        public override void OnTimer(KeyedTimer timer, ProcessContext<long, string> context) =>
            context.Emit($"{timer.Time}:{_value!.HasValue}");

        protected override void Wire(StateBinder binder) => binder.Bind("value", ref _value);
    }

    // A process with a value, a list and a map that expire, or do not.
    private sealed class Script(StateTtl? ttl, bool crash)
    {
        private bool _answers;

        public Action<Process, long, ProcessContext<long, string>>? OnRecord { get; init; }

        public ProcessHarness<(long Key, long Value)> Harness => field ??= new(
            new Job("ttl").From(new MemorySource<(long Key, long Value)>([])).KeyBy(record => record.Key)
                .Process(() => new Process(ttl, Do)).Stage);

        public Script At(long time)
        {
            Harness.Clock(time);
            return this;
        }

        public Script Write(long value, long key = 1)
        {
            Crash();
            Harness.Records(((key, value), long.MinValue));
            return this;
        }

        public Script Reads(long? expected, long key = 1)
        {
            Crash();
            Harness.Records(((key, -1), long.MinValue));
            Assert.Equal($"{expected}", Harness.Take().Single().Value);
            return this;
        }

        public void Touch() => Harness.Records();

        public void Later(long time) => Harness.Clock(time);

        public string Call(long value = 0)
        {
            _answers = true;
            Harness.Records(((1, value), long.MinValue));
            return string.Join(' ', Harness.Take());
        }

        public OperatorState Snapshot() => Harness.Snapshot();

        public Script TakeUp(Script other)
        {
            Harness.Restore(other.Snapshot() with { Forms = new StoredForms([.. other.Harness.Operator.Schemas]) });
            return this;
        }

        private void Crash()
        {
            if (crash)
            {
                Harness.Restore(Harness.Snapshot());
            }
        }

        private void Do(Process process, long value, ProcessContext<long, string> context)
        {
            if (_answers)
            {
                OnRecord!(process, value, context);
            }
            else if (value < 0)
            {
                context.Emit(process.Value.TryGet(out var found) ? $"{found}" : "");
            }
            else
            {
                process.Value.Value = value;
                if (OnRecord is not null)
                {
                    process.List.Add(value);
                    process.Map["a"] = value;
                }
            }
        }
    }

    private sealed class Process(StateTtl? ttl, Action<Process, long, ProcessContext<long, string>> onRecord)
        : KeyedProcess<long, (long Key, long Value), string>
    {
        private ValueState<long>? _value = ttl is null ? new() : new(ttl);
        private ListState<long>? _list = ttl is null ? new() : new(ttl);
        private MapState<string, long>? _map = ttl is null ? new() : new(ttl);

        public ValueState<long> Value => _value!;

        public ListState<long> List => _list!;

        public MapState<string, long> Map => _map!;

        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context) =>
            onRecord(this, record.Value, context);

        protected override void Wire(StateBinder binder)
        {
            binder.Bind("value", ref _value);
            binder.Bind("list", ref _list);
            binder.Bind("map", ref _map);
        }
    }
}
