using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>The expression for the unit of a time that is a number.</summary>
internal static class EpochText
{
    public static string Of(EpochModel epoch) => epoch.Unit is { } unit
        ? $"global::Weir.EpochUnit.{unit}"
        : FormattableString.Invariant($"(global::Weir.EpochUnit)({epoch.Number})");
}
