using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Following;

/// <summary>Follows streams from statement to statement.</summary>
/// <param name="follower">What is followed.</param>
internal sealed class StatementFollower(Follower follower)
{
    private Variables? _leaving;
    private Variables? _continuing;

    public void Follow(StatementSyntax? statement)
    {
        follower.Cancellation.ThrowIfCancellationRequested();
        switch (statement)
        {
            case null or LocalFunctionStatementSyntax or EmptyStatementSyntax:
                break;
            case BlockSyntax block:
                foreach (var inner in block.Statements)
                {
                    Follow(inner);
                }

                break;
            case ExpressionStatementSyntax expression:
                // The value of a statement is thrown away: that is no use of a stream.
                follower.Expressions.Follow(expression.Expression);
                break;
            case LocalDeclarationStatementSyntax declaration:
                Declare(declaration.Declaration);
                break;
            case IfStatementSyntax choice:
                follower.Expressions.Use(choice.Condition);
                Either(() => Follow(choice.Statement), () => Follow(choice.Else?.Statement));
                break;
            case SwitchStatementSyntax choice:
                Switch(choice);
                break;
            case ReturnStatementSyntax answer:
                follower.Methods.Return(answer.Expression);
                follower.Now = null;
                break;
            case ThrowStatementSyntax failure:
                follower.Expressions.Use(failure.Expression);
                follower.Now = null;
                break;
            case BreakStatementSyntax:
                _leaving = Variables.Join(_leaving, follower.Now);
                follower.Now = null;
                break;
            case ContinueStatementSyntax:
                _continuing = Variables.Join(_continuing, follower.Now);
                follower.Now = null;
                break;
            case LabeledStatementSyntax labelled:
                // From where it may be reached is not followed.
                follower.HasJumps = true;
                follower.Now = (follower.Now ?? Variables.Empty).Forget();
                Follow(labelled.Statement);
                break;
            default:
                FollowCompound(statement);
                break;
        }
    }

    private void FollowCompound(StatementSyntax statement)
    {
        switch (statement)
        {
            case ForEachStatementSyntax loop:
                follower.Expressions.Use(loop.Expression);
                Loop(loop, () => Follow(loop.Statement));
                break;
            case ForStatementSyntax loop:
                if (loop.Declaration is not null)
                {
                    Declare(loop.Declaration);
                }

                UseAll(loop.Initializers);
                Loop(loop, () =>
                {
                    follower.Expressions.Use(loop.Condition);
                    Follow(loop.Statement);
                }, () => UseAll(loop.Incrementors));
                break;
            case WhileStatementSyntax loop:
                Loop(loop, () =>
                {
                    follower.Expressions.Use(loop.Condition);
                    Follow(loop.Statement);
                });
                break;
            case DoStatementSyntax loop:
                Loop(loop, () => Follow(loop.Statement), () => follower.Expressions.Use(loop.Condition));
                break;
            case TryStatementSyntax attempt:
                Try(attempt);
                break;
            case UsingStatementSyntax scope:
                if (scope.Declaration is not null)
                {
                    Declare(scope.Declaration);
                }

                follower.Expressions.Use(scope.Expression);
                Follow(scope.Statement);
                break;
            case LockStatementSyntax scope:
                follower.Expressions.Use(scope.Expression);
                Follow(scope.Statement);
                break;
            case CheckedStatementSyntax scope:
                Follow(scope.Block);
                break;
            case UnsafeStatementSyntax scope:
                Follow(scope.Block);
                break;
            case FixedStatementSyntax scope:
                Declare(scope.Declaration);
                Follow(scope.Statement);
                break;
            case GotoStatementSyntax:
                follower.Now = null;
                break;
            default:
                follower.Expressions.UseChildren(statement);
                break;
        }
    }

    private void Declare(VariableDeclarationSyntax declaration)
    {
        foreach (var variable in declaration.Variables.Where(static variable => variable.Initializer is not null))
        {
            follower.Expressions.Assign(
                follower.Model.GetDeclaredSymbol(variable, follower.Cancellation),
                follower.Expressions.Follow(variable.Initializer!.Value));
        }
    }

    private void UseAll(IEnumerable<ExpressionSyntax> expressions)
    {
        foreach (var expression in expressions)
        {
            follower.Expressions.Follow(expression);
        }
    }

    private void Either(params Action[] ways)
    {
        var before = follower.Now;
        Variables? after = null;
        foreach (var way in ways)
        {
            follower.Now = before;
            way();
            after = Variables.Join(after, follower.Now);
        }

        follower.Now = after;
    }

    private void Switch(SwitchStatementSyntax choice)
    {
        follower.Expressions.Use(choice.Expression);
        var leaving = _leaving;
        _leaving = null;
        var before = follower.Now;
        Either([.. choice.Sections.Select<SwitchSectionSyntax, Action>(section => () =>
        {
            foreach (var statement in section.Statements)
            {
                Follow(statement);
            }
        })]);

        // No section may fit.
        follower.Now = Variables.Join(Variables.Join(follower.Now, _leaving), before);
        _leaving = leaving;
    }

    private void Loop(SyntaxNode loop, Action body, Action? next = null)
    {
        var (leaving, continuing, loops) = (_leaving, _continuing, follower.Loops);
        follower.Loops = loops.Add(loop);
        var before = follower.Now;
        for (var isNew = true; isNew;)
        {
            (_leaving, _continuing) = (null, null);
            follower.Now = before;
            body();
            follower.Now = Variables.Join(follower.Now, _continuing);
            next?.Invoke();
            var after = Variables.Join(before, follower.Now);
            isNew = before is not null && after is not null && !after.IsSameAs(before);
            before = after;
        }

        follower.Now = Variables.Join(before, _leaving);
        (_leaving, _continuing, follower.Loops) = (leaving, continuing, loops);
    }

    private void Try(TryStatementSyntax attempt)
    {
        var before = follower.Now;
        Follow(attempt.Block);
        var after = follower.Now;

        // It may have thrown anywhere between.
        var thrown = Variables.Join(before, after)?.Forget();
        foreach (var handler in attempt.Catches)
        {
            follower.Now = thrown;
            follower.Expressions.Use(handler.Filter?.FilterExpression);
            Follow(handler.Block);
            after = Variables.Join(after, follower.Now);
        }

        follower.Now = after;
        Follow(attempt.Finally?.Block);
    }
}
