using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>The names of what is generated for one <c>Aggregate</c>, shared by all loops that end in it.</summary>
/// <param name="Accumulator">The accumulator.</param>
/// <param name="Functor">What the operator is specialised on.</param>
/// <param name="Codec">The accumulator's codec.</param>
/// <param name="Window">The operator, by a name for the file.</param>
/// <param name="WindowType">Its type.</param>
/// <param name="Key">The key.</param>
internal sealed record AggregateNames(string Accumulator, string Functor, string Codec, string Window, string WindowType, KeyModel Key)
{
    /// <summary>Gets a value indicating whether the hash needs the functor's codec.</summary>
    public bool HashesByCodec => KeyText.Hash(Key.Whole, "key", "seed") is null;

    public static AggregateNames Of(SpanScope scope)
    {
        var (stage, aggregated, loop) = (scope.Span.Stages[scope.Count - 1], scope.Aggregated, scope.Windows!);
        var name = FormattableString.Invariant($"Aggregate{stage}");
        const string Triggered = "Runtime.Operators.Windows.Triggered";
        var key = scope.KeyBy.Key.Type;
        var (accumulator, functor) = aggregated.Aggregate switch
        {
            RecordsModel kept => ($"global::System.Collections.Generic.List<{kept.Record}>",
                $"{Triggered}.KeptFunctor<{kept.Record}, {key}, {aggregated.Out}>"),
            CustomAggregateModel { GoesToProcess: true } given => (given.Accumulator,
                $"{Triggered}.AccumulatorFunctor<{given.Record}, {key}, {given.Accumulator}, {given.Value}, {aggregated.Out}>"),
            CustomAggregateModel custom => (custom.Accumulator, name + "Functor"),
            _ => (name + "Accumulator", name + "Functor"),
        };
        return new AggregateNames(
            accumulator,
            functor,
            name + "Codec",
            name + (scope.Span.Form == WindowForms.Sliced ? "Window" : $"{scope.Span.Form}"),
            $"{loop.Operator}<{loop.Before(aggregated.Aggregate!)}{scope.KeyBy.Key.Type}, {accumulator}, "
                + $"{aggregated.Out}, {functor}>",
            scope.KeyBy.Key);
    }

    public string Hash(string key, string functor, string seed) => KeyText.Hash(Key.Whole, key, seed) ?? $"{functor}.Hash(in {key})";

    public string AreEqual(string left, string right) => KeyText.AreEqual(Key.Whole, left, right);
}
