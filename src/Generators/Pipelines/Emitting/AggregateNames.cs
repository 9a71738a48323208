using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>The names of what is generated for one <c>Aggregate</c>, shared by all loops that end in it.</summary>
/// <param name="Accumulator">The accumulator.</param>
/// <param name="Functor">What the operator is specialised on.</param>
/// <param name="Codec">The accumulator's codec.</param>
/// <param name="Window">The operator.</param>
/// <param name="Key">The key.</param>
internal sealed record AggregateNames(string Accumulator, string Functor, string Codec, string Window, KeyModel Key)
{
    /// <summary>Gets a value indicating whether the hash needs the functor's codec.</summary>
    public bool HashesByCodec => Key.Hash.Length == 0;

    public static AggregateNames Of(PipelineModel pipeline, int stage, StageModel keyBy)
    {
        var aggregate = pipeline.Stages[stage].Aggregate!;
        var name = FormattableString.Invariant($"{pipeline.Name}_Aggregate{stage}");
        var accumulator = aggregate.Kind == AggregateKind.Group ? name + "Accumulator" : aggregate.Accumulator;
        var functor = name + "Functor";
        return new AggregateNames(
            accumulator,
            functor,
            name + "Codec",
            $"global::Weir.Runtime.Operators.Windows.WindowAggregate<{keyBy.Key!.Type}, {accumulator}, {pipeline.Stages[stage].Out}, {functor}>",
            keyBy.Key);
    }

    public string Hash(string key, string functor, string seed) =>
        HashesByCodec ? $"{functor}.Hash(in {key})" : Key.Hash.Replace(Placeholder.Of(0), key).Replace(Placeholder.Of(1), seed);

    public string AreEqual(string left, string right) => Key.AreEqual.Replace(Placeholder.Of(0), left).Replace(Placeholder.Of(1), right);
}
