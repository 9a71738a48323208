namespace Weir.Runtime.Operators.Windows;

/// <summary>The wire form of a window operator's state: member by member, and what a member stands for.</summary>
internal static class PaneSchema
{
    /// <summary>The name of the form of panes that keep their records.</summary>
    public const string KeptRecords = "list";

    /// <summary>The name of the keys' state.</summary>
    public const string Key = "key";

    /// <summary>The name of what panes hold.</summary>
    public const string Accumulator = "accumulator";

    /// <summary>The name of what a trigger remembers.</summary>
    public const string Trigger = "trigger";

    /// <summary>The name of the results that may be taken back.</summary>
    public const string Results = "results";

    private const string Windows = "windows";

    // What a user has asked for who has them kept in the general form.
    private const string General = ", with a trigger, an evictor, allowed lateness, Discarding or Retracting";

    public static IReadOnlyList<SchemaMember> Of(Schema key, Schema accumulator, AnyWindows windows) =>
        [new(Key, key), new(Accumulator, accumulator), new(Windows, Schema.Of($"{windows}"))];

    /// <summary>The same of windows that are kept in the general form, which windows of the same kind need not be.</summary>
    /// <param name="key">The keys.</param>
    /// <param name="accumulator">What a window holds.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="hasOwnForm">Whether such windows have a form of their own, in which other bytes are written.</param>
    public static IReadOnlyList<SchemaMember> OfGeneral(Schema key, Schema accumulator, AnyWindows windows, bool hasOwnForm) =>
        hasOwnForm
            ? [new(Key, key), new(Accumulator, accumulator), new(Windows, Schema.Of($"{windows}{General}"))]
            : Of(key, accumulator, windows);

    /// <summary>Whether a member says which windows there are.</summary>
    public static bool IsWindows(SchemaMember member) => member.Name == Windows;

    /// <summary>
    /// Whether a member is an accumulator that keeps its records in one of two forms, and folds them in the other: so do the interpreted
    /// and the compiled form of one aggregate.
    /// </summary>
    public static bool IsFoldedInOne(SchemaMember then, SchemaMember now) =>
        then.Name == Accumulator && now.Name == Accumulator && (then.Schema.Name == KeptRecords) != (now.Schema.Name == KeptRecords);
}
