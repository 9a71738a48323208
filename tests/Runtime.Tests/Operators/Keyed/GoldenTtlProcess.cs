using System.Globalization;
using System.Text.Json;

namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>A process with one state that expires, and the operations of the golden scripts on it.</summary>
internal sealed class GoldenTtlProcess(string kind, StateTtl ttl) : KeyedProcess<long, (long Key, string Step), string>
{
    private ValueState<long>? _value = new(ttl);
    private ListState<long>? _list = new(ttl);
    private MapState<long, long>? _map = new(ttl);
    private ReducingState<long>? _sum = new(static (left, right) => left + right, ttl);
    private AggregatingState<long, long, long>? _greatest = new(new Greatest(), ttl);

    public override void OnRecord((long Key, string Step) record, ProcessContext<long, string> context)
    {
        using var document = JsonDocument.Parse(record.Step);
        var step = document.RootElement;
        if (Do(step[2].GetString()!, [.. step.EnumerateArray().Skip(3)]) is { } answer)
        {
            context.Emit($"[\"out\",{context.Key},{answer}");
        }
    }

    protected override void Wire(StateBinder binder)
    {
        binder.Bind("value", ref _value);
        binder.Bind("list", ref _list);
        binder.Bind("map", ref _map);
        binder.Bind("sum", ref _sum);
        binder.Bind("greatest", ref _greatest);
    }

    private string? Do(string name, JsonElement[] with) => kind switch
    {
        "value" => OnValue(name, with),
        "list" => OnList(name, with),
        "map" => OnMap(name, with),
        "reducing" => OnFold(name, with, _sum!.Add, _sum!.Clear, () => Text(_sum!.TryGet(out var sum) ? sum : null)),
        "aggregating" => OnFold(
            name, with, value => _greatest!.Add(value), _greatest!.Clear, () => Text(_greatest!.TryGet(out var most) ? most : null)),
        _ => throw new JsonException($"state '{kind}' is not known"),
    };

    private string? OnValue(string name, JsonElement[] with)
    {
        switch (name)
        {
            case "read":
                return Text(_value!.HasValue ? _value.Value : null);
            case "write":
                _value!.Value = with[0].GetInt64();
                return null;
            default:
                _value!.Clear();
                return null;
        }
    }

    private string? OnList(string name, JsonElement[] with)
    {
        switch (name)
        {
            case "read":
                return Text(_list!);
            case "add":
                _list!.Add(with[0].GetInt64());
                return null;
            case "add_all":
                _list!.AddRange(Numbers(with[0]));
                return null;
            case "update":
                _list!.Replace(Numbers(with[0]));
                return null;
            default:
                _list!.Clear();
                return null;
        }
    }

    private string? OnMap(string name, JsonElement[] with)
    {
        switch (name)
        {
            case "get":
                return Text(_map!.TryGetValue(with[0].GetInt64(), out var found) ? found : null);
            case "contains":
                return _map!.ContainsKey(with[0].GetInt64()) ? "true" : "false";
            case "is_empty":
                return _map!.Count == 0 ? "true" : "false";
            case "keys":
                return Text(_map!.Keys.Order());
            case "values":
                return Text(_map!.Values.Order());
            case "entries":
                return $"[{string.Join(',', _map!.OrderBy(static entry => entry.Key).Select(entry => $"[{entry.Key},{entry.Value}]"))}]";
            case "put":
                _map![with[0].GetInt64()] = with[1].GetInt64();
                return null;
            case "put_all":
                foreach (var pair in with[0].EnumerateArray())
                {
                    _map![pair[0].GetInt64()] = pair[1].GetInt64();
                }

                return null;
            case "remove":
                _map!.Remove(with[0].GetInt64());
                return null;
            default:
                _map!.Clear();
                return null;
        }
    }

    private static string? OnFold(string name, JsonElement[] with, Action<long> add, Action clear, Func<string> read)
    {
        switch (name)
        {
            case "read":
                return read();
            case "add":
                add(with[0].GetInt64());
                return null;
            default:
                clear();
                return null;
        }
    }

    private static IEnumerable<long> Numbers(JsonElement array) => [.. array.EnumerateArray().Select(static item => item.GetInt64())];

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "null";

    private static string Text(IEnumerable<long> numbers) => $"[{string.Join(',', numbers)}]";

    private sealed class Greatest : IAggregate<long, long, long>
    {
        public long Create() => long.MinValue;

        public void Add(ref long accumulator, in long record) => accumulator = Math.Max(accumulator, record);

        public void Merge(ref long accumulator, in long other) => accumulator = Math.Max(accumulator, other);

        public long Result(in long accumulator) => accumulator;
    }
}
