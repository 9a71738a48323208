using Weir.Generators.State;

namespace Weir.Analyzers.State;

/// <summary>Finds what an accumulator kept for each of its fields of today: by what it is kept for, as a restore does.</summary>
internal static class FoldMatch
{
    /// <summary>Each field of today with the one that it goes on from; null for one that nothing was kept for.</summary>
    /// <param name="then">The fields that were kept.</param>
    /// <param name="now">The fields of today.</param>
    public static IEnumerable<(StateMemberModel Now, StateMemberModel? Then)> Of(
        IReadOnlyList<StateMemberModel> then, IReadOnlyList<StateMemberModel> now)
    {
        StateMemberModel?[] matched = [.. now.Select(field => then.FirstOrDefault(one => one.Name == field.Name))];
        for (var i = 0; i < matched.Length; i++)
        {
            // A function may have changed: it goes on, if there is no doubt which it was.
            var call = CallOf(now[i]);
            var others = Enumerable.Range(0, matched.Length).Count(other => matched[other] is null && CallOf(now[other]) == call);
            var left = then.Where(one => !matched.Contains(one) && CallOf(one) == call).ToList();
            if (matched[i] is null && others == 1 && left.Count == 1)
            {
                matched[i] = left[0];
            }
        }

        return now.Select((field, i) => (field, matched[i]));
    }

    private static string CallOf(StateMemberModel field)
    {
        var label = AccumulatorStates.LabelOf(field);
        var end = label.IndexOf('(');
        return end < 0 ? label : label.Substring(0, end);
    }
}
