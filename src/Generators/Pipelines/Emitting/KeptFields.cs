using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>The fields of what is kept for a call, as expressions.</summary>
internal readonly struct KeptFields(string accumulator, (KeptModel Kept, string Suffix) kept)
{
    /// <summary>Gets the first, which the others are called after.</summary>
    public string Value => $"{accumulator}.{KeptText.NameOf(kept.Kept)}{kept.Suffix}";

    /// <summary>Gets the flag that says whether there was an element.</summary>
    public string Has => $"{accumulator}.Has{KeptText.NameOf(kept.Kept)}{kept.Suffix}";

    /// <summary>Gets what the methods are called after that fill the fields.</summary>
    public string Name => KeptText.NameOf(kept.Kept) + kept.Suffix;

    /// <summary>Gets the record that made a function throw.</summary>
    public string Failed => $"{accumulator}.{KeptText.NameOf(kept.Kept)}Failed{kept.Suffix}";

    /// <summary>Gets the flag that says whether there is one.</summary>
    public string HasFailed => $"{accumulator}.Has{KeptText.NameOf(kept.Kept)}Failed{kept.Suffix}";

    /// <summary>Gets what says that a sum left its range: true, or a negative number.</summary>
    public string Overflow => $"{accumulator}.{KeptText.NameOf(kept.Kept)}Overflow{kept.Suffix}";

    /// <summary>Gets the key of the element.</summary>
    public string Key => $"{accumulator}.{KeptText.NameOf(kept.Kept)}Key{kept.Suffix}";
}
