using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>How the windows of one <c>Aggregate</c> are computed without keeping their records.</summary>
internal abstract record AggregateModel
{
    /// <summary>The records that come in.</summary>
    public required string Record { get; init; }

    /// <summary>
    /// The results, where each comes together with the one that it replaces: what goes out are changes of them. Null where results go out.
    /// </summary>
    public required string? Changed { get; init; }

    /// <summary>Gets a value indicating whether a process makes results of what a window holds: no functor does.</summary>
    public virtual bool IsForProcess => false;

    /// <summary>
    /// Gets a value indicating whether two accumulators can become one. A fold takes records: nothing says how two of its results become
    /// one.
    /// </summary>
    public virtual bool CanMerge => true;

    /// <summary>
    /// Gets a value indicating whether its result is known to depend on the order of records, so that windows that share slices keep them.
    /// </summary>
    public virtual bool DependsOnOrder => false;

    /// <summary>Gets what its functions take from where the pipeline is built, each once, in order of their names.</summary>
    public abstract IEnumerable<CapturedModel> Captured { get; }
}

/// <summary>An aggregate whose accumulator is generated, from LINQ over the group.</summary>
internal sealed record GroupAggregateModel : AggregateModel
{
    /// <summary>What the accumulator keeps of the records, in order.</summary>
    public required EquatableArray<KeptModel> Kept { get; init; }

    /// <summary>The result: the user's body, with an <see cref="AnswerModel"/> in place of each LINQ call.</summary>
    public required BodyModel Result { get; init; }

    /// <summary>Where it stands in the user's file.</summary>
    public required LineSpanModel Span { get; init; }

    public override IEnumerable<CapturedModel> Captured => Kept.SelectMany(static kept => kept.Bodies)
        .Concat(Result.Parts.OfType<FoldAnswerModel>().Select(static fold => fold.Result?.Body).OfType<BodyModel>())
        .Append(Result)
        .SelectMany(static body => body.Captured)
        .Distinct()
        .OrderBy(static captured => captured.Name, StringComparer.Ordinal);

    public override bool CanMerge => Kept.All(static kept => kept is not FoldModel);

    /// <summary>
    /// Whether the result depends on the order of records: the first or last, one of several that are equal, the first that fails.
    /// </summary>
    public override bool DependsOnOrder => Kept.Any(static kept => kept.Failed is not null || kept switch
    {
        CountModel or CountOfValuesModel or AnyModel or SumModel or DistinctModel => false,
        ExtremeModel extreme => extreme.Form is not (ExtremeForm.Limit or ExtremeForm.FloatingLimit),
        _ => true,
    });
}

/// <summary>An aggregate that the user wrote by hand.</summary>
internal sealed record CustomAggregateModel : AggregateModel
{
    /// <summary>The type of its accumulator.</summary>
    public required string Accumulator { get; init; }

    /// <summary>What it finishes with.</summary>
    public required string Value { get; init; }

    /// <summary>Its own type where that is sealed, so that calls need no dispatch; null for any.</summary>
    public required string? Sealed { get; init; }

    /// <summary>
    /// The function of a reduction, which makes one of two values, where its text is known and what it captured can be read; null where the
    /// aggregate itself is asked.
    /// </summary>
    public required TextFunctionModel? Reduce { get; init; }

    /// <summary>Makes the result of key, window and value; null where the value is the result.</summary>
    public required FunctionModel? Result { get; init; }

    /// <summary>Whether a process takes what it finishes with.</summary>
    public required bool GoesToProcess { get; init; }

    public override bool IsForProcess => GoesToProcess;

    /// <summary>Gets what the reduction captured: the loop itself needs it. A result that captures stands beside none that does.</summary>
    public EquatableArray<CapturedModel> CapturedByReduce => Reduce?.Body.Captured ?? default;

    public override IEnumerable<CapturedModel> Captured =>
        Result is TextFunctionModel { Body.Captured: { Count: > 0 } captured } ? captured : CapturedByReduce;
}

/// <summary>The records themselves, for a process.</summary>
internal sealed record RecordsModel : AggregateModel
{
    public override bool IsForProcess => true;

    public override IEnumerable<CapturedModel> Captured => [];
}
